import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../../src/context';
import { operator } from '../../../src/domain/permissions';
import { runMailing } from '../../../src/usecases/administrator/run-mailing';
import { takeInBounces } from '../../../src/usecases/administrator/take-in-bounces';
import { requestMailing } from '../../../src/usecases/coordinator/request-mailing';
import { withDatabase } from '../../support/database';
import { createMailWave, readRows } from '../../support/mailings';
import { createRespondentApp } from '../../support/respondent-app';

const database = withDatabase();
const folder = mkdtempSync(join(tmpdir(), 'barometer-mbox-'));
const mbox = join(folder, 'retur.mbox');
let context: Context;
const items = new Map<string, { readonly id: string; readonly messageId: string }>();

beforeAll(async () => {
  const environment = { DATA_DIR: folder, MAIL_PER_MINUTE: '60000', BOUNCE_ADDRESS: 'retur@example.org' };
  ({ context } = await createRespondentApp(database.db(), { ...environment, BOUNCE_MAILBOX: mbox }));
  await createMailWave(context, 'nett');
  await requestMailing(context, operator, { waveKey: 'nett', plannedOn: null });
  const [mailing] = await readRows<{ id: string }>(context, 'SELECT id FROM mailing');
  await runMailing(context, mailing!.id, new AbortController().signal);
  const rows = await readRows<{ email: string; id: string; messageId: string }>(
    context,
    `SELECT invitation.email, mail_item.id, mail_item.message_id AS "messageId"
       FROM mail_item JOIN invitation ON invitation.id = mail_item.invitation_id`,
  );
  for (const { email, ...item } of rows) items.set(email.split('@')[0] ?? '', item);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Report {
  readonly name: string;
  /** Whether the return address carries the number of the mail, as it was sent. */
  readonly isNumbered?: boolean;
  /** Paragraphs of the delivery status behind the first one, one a recipient. */
  readonly recipients: readonly string[];
  /** The mail, or its head only. */
  readonly original?: 'message/rfc822' | 'text/rfc822-headers';
  readonly lineEnd?: string;
}

/** A report as RFC 3464 describes it, made by hand, in an mbox as RFC 4155 does. */
function writeReport({
  name,
  isNumbered = true,
  recipients,
  original = 'message/rfc822',
  lineEnd = '\n',
}: Report): string {
  const { id, messageId } = items.get(name)!;
  const lines = [
    'From MAILER-DAEMON Sun Nov 22 12:00:00 2026',
    `Delivered-To: ${isNumbered ? `retur+${id}@example.org` : 'retur@example.org'}`,
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
    'To: retur@example.org',
    'Subject: =?UTF-8?Q?Kunne_ikke_leveres?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="5A1.1/mx.example.org"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--5A1.1/mx.example.org',
    'Content-Type: text/plain; charset=utf-8',
    '',
    '>From the mail system at host mx.example.org: your message could not be delivered.',
    '',
    '--5A1.1/mx.example.org',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    'Arrival-Date: Sun, 22 Nov 2026 12:00:00 +0100 (CET)',
    '',
    ...recipients.flatMap((recipient) => [...recipient.split('\n'), '']),
    '--5A1.1/mx.example.org',
    `Content-Type: ${original}`,
    '',
    'Message-ID:',
    ` <${messageId}>`,
    'From: nett@example.org',
    `To: ${name}@example.org`,
    ...(original === 'message/rfc822' ? ['', 'Hei,', '', '>From og med i dag'] : []),
    '',
    '--5A1.1/mx.example.org--',
    '',
    '',
  ];
  return lines.join(lineEnd);
}

const failed = (name: string, status = '5.1.1') =>
  [
    `Final-Recipient: rfc822; ${name}@example.org`,
    `Original-Recipient: rfc822;${name}@example.org`,
    'Action: failed',
    `Status: ${status} (bad destination mailbox address)`,
    'Diagnostic-Code: smtp; 550 5.1.1 No such',
    '    user here',
  ].join('\n');
const delayed = (name: string) => `Final-Recipient: rfc822; ${name}@example.org\nAction: delayed\nStatus: 4.4.1`;

async function readDispositions(): Promise<Readonly<Record<string, string | null>>> {
  const rows = await readRows<{ email: string; disposition: string | null }>(
    context,
    'SELECT email, disposition FROM invitation WHERE disposition IS NOT NULL',
  );
  return Object.fromEntries(rows.map(({ email, disposition }) => [email.split('@')[0] ?? '', disposition]));
}

test('a mailbox that is not there yet is no fault', async () => {
  expect(await takeInBounces(context)).toBe(0);
});

test('an mbox file is moved aside, read the next time, and only what failed for good ends an address', async () => {
  writeFileSync(
    mbox,
    [
      writeReport({ name: 'asker0', recipients: [failed('asker0')] }),
      writeReport({
        name: 'asker1',
        isNumbered: false,
        original: 'text/rfc822-headers',
        recipients: [failed('asker1')],
      }),
      writeReport({ name: 'asker2', recipients: [delayed('asker2')] }),
      writeReport({ name: 'asker3', recipients: [delayed('asker3'), failed('asker3', '5.2.1')] }),
      'From kari@example.org Sun Nov 22 12:00:00 2026\nFrom: kari@example.org\nSubject: Ute\n\nHei\n\n>From mandag\n\n',
      writeReport({ name: 'asker4', recipients: [failed('asker4', '5.7.1')], lineEnd: '\r\n' }),
    ].join(''),
  );
  expect(await takeInBounces(context)).toBe(0);
  expect(existsSync(mbox)).toBe(false);
  // Mail goes on coming to the file's own name.
  writeFileSync(mbox, writeReport({ name: 'oslo0', recipients: [failed('oslo0')] }));
  expect(await takeInBounces(context)).toBe(4);
  expect(await readDispositions()).toEqual({ asker0: 'UE', asker1: 'UE', asker3: 'UE' });
  expect(await takeInBounces(context)).toBe(1);
  expect(await readDispositions()).toMatchObject({ oslo0: 'UE' });
  expect([existsSync(mbox), existsSync(`${mbox}.reading`)]).toEqual([false, false]);
});

test('what is no report of ours is kept beside it for people, readable by the account alone', () => {
  const other = readFileSync(`${mbox}.other`, 'utf8');
  expect(other).toContain('Subject: Ute');
  expect(other.match(/^From -$/gm)).toHaveLength(1);
  expect(other).not.toContain('asker');
  expect(statSync(`${mbox}.other`).mode & 0o777).toBe(0o600);
});

test('whoever was still writing when the file was moved loses nothing, and a killed program reads it again', async () => {
  writeFileSync(mbox, writeReport({ name: 'oslo1', recipients: [failed('oslo1')] }));
  expect(await takeInBounces(context)).toBe(0);
  appendFileSync(`${mbox}.reading`, writeReport({ name: 'oslo2', recipients: [failed('oslo2')] }));
  const bytes = readFileSync(`${mbox}.reading`);
  expect(await takeInBounces(context)).toBe(2);
  writeFileSync(`${mbox}.reading`, bytes);
  await takeInBounces(context);
  expect(await readDispositions()).toMatchObject({ oslo1: 'UE', oslo2: 'UE' });
  const states = await readRows(context, `SELECT count(*) AS mails FROM mail_item WHERE state = 'bounced'`);
  expect(states).toEqual([{ mails: 7 }]);
});
