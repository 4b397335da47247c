import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import request from 'supertest';
import { AppError } from '../../../src/errors';
import { readForms } from '../../../src/http/read-form';

function createSite() {
  const app = express();
  app.use(readForms({ bytes: 100, fields: 5 }));
  app.use((req, response) => {
    response.json({ body: (req.body as unknown) ?? null });
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else response.status(error instanceof AppError ? error.status : 500).end();
  });
  return app;
}

const form = 'application/x-www-form-urlencoded';

describe('a posted form', () => {
  test.each([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=1&a=2&a=', [['a', ['1', '2', '']]]],
    [
      'a=bl%C3%A5+b%C3%A6r&b',
      [
        ['a', 'blå bær'],
        ['b', ''],
      ],
    ],
    [
      'a=%&b=%zz',
      [
        ['a', '%'],
        ['b', '%zz'],
      ],
    ],
    [
      'a%5Bb%5D=1&__proto__=x',
      [
        ['a[b]', '1'],
        ['__proto__', 'x'],
      ],
    ],
  ])('%s is read field by field', async (text, expected) => {
    const reply = await request(createSite()).post('/').type(form).send(text).expect(200);
    expect(Object.entries((JSON.parse(reply.text) as { body: object }).body)).toEqual(expected);
  });

  test('without a body is nothing, whatever its type', async () => {
    await request(createSite()).post('/').expect(200, { body: null });
    await request(createSite()).get('/').type('application/json').expect(200, { body: null });
  });

  test.each([
    ['application/json', '{"a":1}', {}],
    [`${form}; charset=latin1`, 'a=1', {}],
    [form, 'a=1', { 'Content-Encoding': 'gzip' }],
    ['multipart/form-data; boundary=x', '--x--', {}],
  ])('of another kind is refused: %s', async (type, text, headers) => {
    await request(createSite())
      .post('/')
      .set({ ...headers, 'Content-Type': type })
      .send(text)
      .expect(415);
  });

  test('in utf-8 says so in any way', async () => {
    await request(createSite()).post('/').set('Content-Type', `${form}; charset="UTF-8"`).send('a=1').expect(200);
  });

  test('that is too large or has too many fields is refused, and the connection goes on', async () => {
    const agent = request.agent(createSite());
    await agent
      .post('/')
      .type(form)
      .send(`a=${'x'.repeat(99)}`)
      .expect(413);
    await agent.post('/').type(form).send('a&a&a&a&a&a').expect(413);
    await agent.post('/').type(form).send('a&a&a&a&a').expect(200);
  });

  test('that its sender breaks off takes nothing with it', async () => {
    const server = createSite().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${form}\r\nContent-Length: 50\r\n\r\na=1`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await request(server)
      .post('/')
      .type(form)
      .send('a=1')
      .expect(200, { body: { a: '1' } });
    server.close();
  });
});
