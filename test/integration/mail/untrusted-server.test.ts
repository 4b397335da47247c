import { operator } from '../../../src/domain/permissions';
import { runMailing } from '../../../src/usecases/administrator/run-mailing';
import { requestMailing } from '../../../src/usecases/coordinator/request-mailing';
import { makeCertificate } from '../../support/certificate';
import { withDatabase } from '../../support/database';
import { openForm, postForm } from '../../support/forms';
import { startMailServer, type MailServer } from '../../support/mail-server';
import { countMails, createMailWave, readMailing, readRows } from '../../support/mailings';
import { createRespondentApp, type RespondentApp } from '../../support/respondent-app';
import { signInAs, type Agent } from '../../support/results-network';

const database = withDatabase();
let server: MailServer;
let site: RespondentApp;
let coordinator: Agent;

beforeAll(async () => {
  server = await startMailServer({ certificate: makeCertificate() });
  site = await createRespondentApp(database.db(), {
    SMTP_URL: `smtp://localhost:${server.port}`,
    SMTP_TLS: 'required',
    MAIL_FROM: 'Nettverket <nett@example.org>',
  });
  await createMailWave(site.context, 'nett');
  coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'nett' });
});
afterAll(async () => {
  site.context.mailer?.close();
  await server.close();
});

const told = 'Forbindelsen til e-posttjeneren kunne ikke krypteres. Ingenting er sendt ukryptert.';

test('a test mail to a server whose certificate is not trusted tells so, and is not noted as sent', async () => {
  const fields = await openForm(coordinator, '/runder/nett/utsending');
  const { status, text } = await postForm(coordinator, '/runder/nett/utsending/test', fields);
  expect([status, text.includes(told)]).toEqual([422, true]);
  expect(await readRows(site.context, `SELECT 1 FROM audit_event WHERE action = 'sent test mail'`)).toEqual([]);
});

test('a mailing to it pauses, says why on its page, and blames nobody', async () => {
  await requestMailing(site.context, operator, { waveKey: 'nett', plannedOn: null });
  const [mailing] = await readRows<{ id: string }>(site.context, 'SELECT id FROM mailing');
  await runMailing(site.context, mailing!.id, new AbortController().signal);
  expect(await readMailing(site.context, 'nett')).toMatchObject({ state: 'paused', fault: 'tls' });
  expect(await countMails(site.context, 'nett')).toEqual({ waiting: 12 });
  expect((await coordinator.get('/runder/nett/utsending').expect(200)).text).toContain(told);
  expect(server.received).toEqual([]);
});
