import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { Pool } from 'pg';
import { createViewEngine } from '../../src/http/view-engine';
import { packageRoot } from '../../src/platform/package-root';
import { translate, type TextKey, type TextValues } from '../../src/texts/translate';

/** What the product is compared with; REFERENCE chooses which one this process is. */
const setting = (name: string): string => process.env[name] ?? '';
const port = Number(setting('PORT'));
const mostConnections = 10;

function createPlainApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/ready', (_request, response) => {
    response.send('ready');
  });
  return app;
}

/** The same bytes from memory: a page to GET, and the answer that a form gets. */
function serveMemory(): void {
  const page = readFileSync(setting('PAGE_FILE'));
  const app = createPlainApp();
  app.get('/page', (_request, response) => {
    response.set('Content-Type', 'text/html; charset=utf-8').send(page);
  });
  app.post('/page', (request, response) => {
    request.resume();
    request.once('end', () => {
      response.redirect(303, '/page');
    });
  });
  app.listen(port, '127.0.0.1');
}

/** The product's own view of the page, a fixed model, and one query for the draft. */
function serveView(): void {
  const model = JSON.parse(readFileSync(setting('MODEL_FILE'), 'utf8')) as { page: object };
  const t = (key: TextKey, values?: TextValues) => translate('nb', key, values);
  const pool = new Pool({ connectionString: setting('DATABASE_URL'), max: mostConnections });
  const app = createPlainApp();
  app.set('view engine', 'ejs');
  app.engine('ejs', createViewEngine({ isCached: true }));
  app.set('views', join(packageRoot, 'views'));
  app.get('/page/:id', async (request, response) => {
    await pool.query('SELECT answers, page, language, revision FROM draft WHERE invitation_id = $1', [
      request.params.id,
    ]);
    response.render('respondent/page', { ...model, page: { ...model.page, t } });
  });
  app.listen(port, '127.0.0.1');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** One row per request and nothing else. */
function serveInsert(): void {
  const pool = new Pool({ connectionString: setting('DATABASE_URL'), max: mostConnections });
  createServer((request, response) => {
    if (request.url === '/ready') {
      response.end('ready');
      return;
    }
    readBody(request)
      .then((body) => pool.query('INSERT INTO bench_response (body) VALUES ($1)', [body]))
      .then(() => response.writeHead(303, { Location: '/done', 'Content-Length': 0 }).end())
      .catch(() => response.writeHead(500, { 'Content-Length': 0 }).end());
  }).listen(port, '127.0.0.1');
}

const kinds: Readonly<Record<string, () => void>> = { memory: serveMemory, view: serveView, insert: serveInsert };
kinds[setting('REFERENCE')]?.();
