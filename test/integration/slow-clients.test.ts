import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { withDatabase } from '../support/database';
import { createRespondentApp } from '../support/respondent-app';
import { exchangeBytes } from '../support/fuzz/exchange';
import { listen, type Listening } from '../../src/platform/listen';

const trickling = 200;
const trickleMilliseconds = 100;
const quickMilliseconds = 2_000;

const database = withDatabase();
let listening: Listening;
beforeAll(async () => {
  listening = await listen('127.0.0.1', 0);
  listening.serve((await createRespondentApp(database.db())).app);
});
afterAll(() => listening.close());

function openSlowly(start: string): Socket {
  const socket = connect({ port: listening.port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.write(start);
  return socket;
}

async function ask(text: string, body = Buffer.alloc(0)): Promise<{ status: number; text: string }> {
  const bytes = Buffer.concat([Buffer.from(text), body]);
  const reply = await exchangeBytes(listening.port, { bytes, isUnfinished: false });
  const heading = /<h1[^>]*>([^<]*)/.exec(Buffer.from(reply.text, 'latin1').toString())?.[1];
  const plain = Buffer.from(reply.text.split('\r\n\r\n')[1] ?? '', 'latin1').toString();
  return { status: Number(reply.text.slice(9, 12)), text: heading ?? plain.trim() };
}

function writePost(body: string, headers: string): string {
  return `POST /demo/respondent HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
}

const form = 'Content-Type: application/x-www-form-urlencoded\r\n';

test('two hundred clients that trickle headers and bodies hold nobody else up', async () => {
  const starts = [
    'GET / HTTP/1.1\r\nX-Slow: ',
    `POST /demo/x HTTP/1.1\r\nHost: x\r\n${form}Content-Length: 5000\r\n\r\n`,
  ];
  const sockets = Array.from({ length: trickling }, (_, index) => openSlowly(starts[index % starts.length]!));
  const trickle = setInterval(() => {
    for (const socket of sockets) socket.write('x');
  }, trickleMilliseconds);
  try {
    const started = Date.now();
    for (let visit = 0; visit < 20; visit += 1) {
      expect((await fetch(`http://127.0.0.1:${listening.port}/`)).status).toBe(200);
    }
    expect(Date.now() - started).toBeLessThan(quickMilliseconds * 5);
  } finally {
    clearInterval(trickle);
    for (const socket of sockets) socket.destroy();
  }
});

describe('what is too much or of another kind is told in words', () => {
  test.each([
    ['a body of 150 KB', 413, 'Det du sendte, er for stort', writePost(`wish=${'x'.repeat(150_000)}`, form)],
    ['600 fields', 413, 'Det du sendte, er for stort', writePost('a=b&'.repeat(600), form)],
    [
      'a long address',
      414,
      'Adressen er for lang',
      `GET /?${'x'.repeat(3_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    ],
    ['JSON', 415, 'Vi kan ikke lese det du sendte', writePost('{}', 'Content-Type: application/json\r\n')],
    [
      'another character set',
      415,
      'Vi kan ikke lese det du sendte',
      writePost('a=b', `${form.trim()}; charset=utf-7\r\n`),
    ],
    [
      'headers of 20 KB',
      431,
      'Nettleseren sendte for mye på en gang.',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    ],
    ['no HTTP', 400, 'Vi forstår ikke forespørselen.', 'hei\r\n\r\n'],
    [
      'a bad percent-encoding',
      400,
      'Vi forstår ikke forespørselen',
      'GET /runder/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    ['no path', 400, 'Vi forstår ikke forespørselen', 'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ])('%s: %i', async (_name, status, text, bytes) => {
    expect(await ask(bytes)).toEqual({ status, text });
  });

  test('a compressed body: 415', async () => {
    const body = gzipSync('wish=x');
    const head = `POST /demo/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${form}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(await ask(head, body)).toEqual({ status: 415, text: 'Vi kan ikke lese det du sendte' });
  });
});
