import request, { type Agent, type Response } from 'supertest';

export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Hidden fields that a form would send along once. */
const singleNames = ['_form', '_page', '_from', '_revision', '_csrf'];

function readHidden(html: string, name: string): readonly string[] {
  const pattern = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"(?! disabled)`, 'g');
  return [...html.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** Opens a page and reads what its form would send along. */
export async function openForm(agent: Agent, path: string): Promise<Fields> {
  const { text } = await agent.get(path).expect(200);
  const single = singleNames.map((name): [string, readonly string[]] => [name, readHidden(text, name).slice(0, 1)]);
  return { ...Object.fromEntries(single), _asked: readHidden(text, '_asked') };
}

/** Sends a form. */
export function postForm(agent: Agent, path: string, fields: Fields): Promise<Response> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
  return agent.post(path).type('form').send(body.toString());
}

/** A browser at an address. */
export function openBrowser(url: string): Agent {
  return request.agent(url);
}
