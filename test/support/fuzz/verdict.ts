import { packageRoot } from '../../../src/platform/package-root';
import type { FuzzReply } from './exchange';
import { planted } from './junk';
import type { FuzzRequest } from './requests';

/** What no answer may hold: stacks, paths, SQL, names of our parts and of the database's faults. */
const leaks: readonly RegExp[] = [
  /\n\s+at .+:\d+:\d+/,
  /node_modules|node:internal/,
  /\b(?:SELECT|INSERT INTO|DELETE FROM|UPDATE) \w+[^<]*\b(?:FROM|VALUES|SET|WHERE)\b/,
  /syntax error at|violates \w+ constraint|invalid input syntax|invalid byte sequence/,
  /\b(?:Type|Reference|Range|Syntax|App|Zod)Error\b|ECONN|knex|SQLSTATE/i,
  /postgres(?:ql)?:\/\//,
];

function findLeaks(text: string): readonly string[] {
  const found = leaks.flatMap((leak) => leak.exec(text)?.[0].slice(0, 80) ?? []);
  return [...found, ...(text.includes(packageRoot) ? ['a path'] : [])].map((leak) => `leaks ${leak}`);
}

/**
 * Judges an answer.
 * @param request what was sent
 * @param reply what came back
 * @param secrets tokens and keys that no page repeats
 * @returns what is wrong with it, in words
 */
export function judgeReply(request: FuzzRequest, reply: FuzzReply, secrets: readonly string[]): readonly string[] {
  const { text } = reply;
  if (reply.isTimedOut) return ['no answer in time'];
  if (text === '') return request.isUnfinished || request.mayBeCut ? [] : ['no answer'];
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? Number.NaN);
  const at = text.indexOf('\r\n\r\n');
  const [head, body] = [text.slice(0, at), text.slice(at)];
  const wrong = [...findLeaks(text)];
  if (Number.isNaN(status)) wrong.push('not an HTTP answer');
  if (status >= 500) wrong.push(`status ${status}`);
  if (body.includes(planted)) wrong.push('repeats markup');
  if (/^planted=/m.test(head) || /\r\nset-cookie: planted/i.test(head)) wrong.push('splits its headers');
  if (secrets.some((secret) => body.includes(secret))) wrong.push('repeats a token');
  return wrong;
}
