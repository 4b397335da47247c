import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config';
import { createMailer, type Mailer } from '../../../src/mail/create-mailer';
import type { Delivery } from '../../../src/mail/deliver';
import { makeCertificate } from '../../support/certificate';
import { startMailServer, type MailServer, type MailServerRequest, type Treatment } from '../../support/mail-server';

const servers: MailServer[] = [];
const mailers: Mailer[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const mailer of mailers.splice(0)) mailer.close();
  await Promise.all(servers.splice(0).map((server) => server.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function startServer(request: MailServerRequest = {}): Promise<MailServer> {
  const server = await startMailServer(request);
  servers.push(server);
  return server;
}

function openMailer(environment: Record<string, string>): Mailer {
  const { mail } = loadConfig({ NODE_ENV: 'test', MAIL_FROM: 'Nettverket <nett@example.org>', ...environment });
  if (mail === undefined) throw new RangeError('there is a mail server');
  const mailer = createMailer(mail);
  mailers.push(mailer);
  return mailer;
}

function keepCertificate(certificate: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-ca-'));
  folders.push(folder);
  const path = join(folder, 'ca.pem');
  writeFileSync(path, certificate);
  return path;
}

function makeMail(address = 'kari@example.org') {
  return {
    to: { name: 'Kåre Ærø', address },
    subject: 'Vil du svare på Ås?',
    text: 'Blåbær\n',
    html: '<p>Blåbær</p>',
    messageId: '1@example.org',
    returnPath: 'retur+1@example.org',
    replyTo: 'ingrid@example.org',
  };
}

async function deliverTo(request: MailServerRequest): Promise<Delivery> {
  const { port } = await startServer(request);
  return openMailer({ SMTP_URL: `smtp://127.0.0.1:${port}` }).deliver(makeMail());
}

test('a mail that is taken keeps its identifier, return path and letters', async () => {
  const server = await startServer();
  const mailer = openMailer({ SMTP_URL: `smtp://127.0.0.1:${server.port}` });
  expect(await mailer.deliver(makeMail())).toEqual({ kind: 'accepted', code: 250 });
  const [mail] = server.received;
  expect(mail).toMatchObject({ from: 'retur+1@example.org', to: 'kari@example.org', messageId: '1@example.org' });
  expect(mail?.raw).toContain('Reply-To: ingrid@example.org');
  expect(mail?.raw).toContain('Auto-Submitted: auto-generated');
});

describe('what a server answers', () => {
  const answers: readonly (readonly [string, Treatment, Delivery])[] = [
    ['450 to the recipient: later', { code: 450 }, { kind: 'deferred', code: 450 }],
    ['452 mailbox full: later', { code: 452 }, { kind: 'deferred', code: 452 }],
    ['550 to the recipient: nobody there', { code: 550 }, { kind: 'refused', code: 550, isAddressDead: true }],
    [
      '550 5.1.1: nobody there',
      { code: 550, text: '5.1.1 no such user' },
      { kind: 'refused', code: 550, isAddressDead: true },
    ],
    [
      '550 5.7.1: a matter of policy, the address may be fine',
      { code: 550, text: '5.7.1 not allowed' },
      { kind: 'refused', code: 550, isAddressDead: false },
    ],
    ['hanging up at a recipient: later', 'hang up', { kind: 'deferred', code: null }],
    ['421 at a recipient: later', { code: 421 }, { kind: 'deferred', code: null }],
  ];
  test.each(answers)('%s', async (_name, treatment, delivery) => {
    expect(await deliverTo({ onRecipient: () => treatment })).toEqual(delivery);
  });

  test('554 to a message says nothing about the address', async () => {
    expect(await deliverTo({ onMessage: () => ({ code: 554 }) })).toEqual({
      kind: 'refused',
      code: 554,
      isAddressDead: false,
    });
  });

  test('451 to a message: later', async () => {
    expect(await deliverTo({ onMessage: () => ({ code: 451 }) })).toEqual({ kind: 'deferred', code: 451 });
  });

  test('hanging up in the middle of a message: later', async () => {
    expect(await deliverTo({ onMessage: () => 'hang up' })).toEqual({ kind: 'deferred', code: null });
  });

  test('550 to our own sender condemns nobody', async () => {
    expect(await deliverTo({ onSender: () => ({ code: 550 }) })).toEqual({ kind: 'server', fault: 'sender' });
  });

  test('a server that thinks for a while is waited for', async () => {
    expect(await deliverTo({ pauseMilliseconds: 1500 })).toEqual({ kind: 'accepted', code: 250 });
  });
});

describe('faults of the server itself', () => {
  test('nobody listens', async () => {
    const { port, close } = await startMailServer();
    await close();
    const mailer = openMailer({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    expect(await mailer.deliver(makeMail())).toEqual({ kind: 'server', fault: 'unreachable' });
  });

  test('the password is wrong, and right', async () => {
    const certificate = makeCertificate();
    const { port } = await startServer({ certificate, login: { user: 'nett', pass: 'riktig' } });
    const path = keepCertificate(certificate.cert);
    const environment = { SMTP_CA_FILE: path, SMTP_TLS: 'required' };
    const wrong = openMailer({ ...environment, SMTP_URL: `smtp://nett:feil@localhost:${port}` });
    expect(await wrong.deliver(makeMail())).toEqual({ kind: 'server', fault: 'login' });
    const right = openMailer({ ...environment, SMTP_URL: `smtp://nett:riktig@localhost:${port}` });
    expect(await right.deliver(makeMail())).toEqual({ kind: 'accepted', code: 250 });
  });
});

describe('encryption', () => {
  test('STARTTLS is used when it is offered, and the certificate is checked', async () => {
    const certificate = makeCertificate();
    const server = await startServer({ certificate });
    const path = keepCertificate(certificate.cert);
    const trusting = openMailer({ SMTP_URL: `smtp://localhost:${server.port}`, SMTP_CA_FILE: path });
    expect(await trusting.deliver(makeMail())).toEqual({ kind: 'accepted', code: 250 });
    expect(server.received[0]?.isEncrypted).toBe(true);
    const strict = openMailer({ SMTP_URL: `smtp://localhost:${server.port}` });
    expect(await strict.deliver(makeMail())).toEqual({ kind: 'server', fault: 'tls' });
    expect(server.received).toHaveLength(1);
  });

  test('an smtps: address is encrypted from the first byte on, and the certificate is checked', async () => {
    const certificate = makeCertificate();
    const server = await startServer({ certificate, isImplicit: true, login: { user: 'nett', pass: 'p@ss/ø' } });
    const path = keepCertificate(certificate.cert);
    const url = `smtps://nett:${encodeURIComponent('p@ss/ø')}@localhost:${server.port}`;
    const trusting = openMailer({ SMTP_URL: url, SMTP_CA_FILE: path });
    expect(await trusting.deliver(makeMail())).toEqual({ kind: 'accepted', code: 250 });
    await trusting.send(makeMail('ola@example.org'));
    expect(server.received.map(({ to, isEncrypted }) => [to, isEncrypted])).toEqual([
      ['kari@example.org', true],
      ['ola@example.org', true],
    ]);
    const strict = openMailer({ SMTP_URL: url });
    expect(await strict.deliver(makeMail())).toEqual({ kind: 'server', fault: 'tls' });
    await expect(strict.send(makeMail())).rejects.toThrow(/self-signed certificate/);
    const other = openMailer({ SMTP_URL: url, SMTP_CA_FILE: keepCertificate(makeCertificate().cert) });
    expect(await other.deliver(makeMail())).toEqual({ kind: 'server', fault: 'tls' });
    expect(server.received).toHaveLength(2);
  });

  test('a server that speaks in the clear gets nothing from an smtps: address', async () => {
    const server = await startServer();
    const mailer = openMailer({ SMTP_URL: `smtps://localhost:${server.port}` });
    expect(await mailer.deliver(makeMail())).toEqual({ kind: 'server', fault: 'tls' });
    expect(server.received).toHaveLength(0);
  });

  test('nothing is sent in the clear where encryption is required', async () => {
    const server = await startServer();
    const mailer = openMailer({ SMTP_URL: `smtp://127.0.0.1:${server.port}`, SMTP_TLS: 'required' });
    expect(await mailer.deliver(makeMail())).toEqual({ kind: 'server', fault: 'tls' });
    expect(server.received).toHaveLength(0);
  });

  test('it is required of every server that is not on this machine', () => {
    const isRequired = (url: string) => {
      const { mail } = loadConfig({ SMTP_URL: url });
      return mail?.kind === 'smtp' && mail.isTlsRequired;
    };
    expect(isRequired('smtp://post.example.org:587')).toBe(true);
    expect(isRequired('smtp://localhost.example.org:25')).toBe(true);
    expect(isRequired('smtp://localhost:25')).toBe(false);
    expect(isRequired('smtp://127.0.0.1:25')).toBe(false);
  });
});
