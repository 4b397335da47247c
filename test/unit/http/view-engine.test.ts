import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response } from 'express';
import request from 'supertest';
import { anonymous } from '../../../src/domain/permissions';
import { renderPage } from '../../../src/http/page';
import { createViewEngine } from '../../../src/http/view-engine';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'views-'));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, `${name}.ejs`), text);
  };
  write(
    'whole',
    `<%_ const { page, partial, words } = locals; _%>\n<h1><%= page.title %></h1>\n  <%- partial('part', { words }) %>`,
  );
  write('part', `<%_ const { page, words } = locals; _%>\n<p lang="<%= page.language %>"><%= words %></p>`);
  write('faulty', '<%_ const { nothing } = locals; _%>\n<%= nothing.at %>');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function createSite(isCached: boolean) {
  const app = express();
  app.engine('ejs', createViewEngine({ isCached }));
  app.set('view engine', 'ejs');
  app.set('views', folder);
  app.get('/:view', (req, response) => {
    Object.assign(response.locals, { language: 'nn', actor: anonymous, assetVersion: '1' });
    const words = `<b>"Blåbær" & 'rips'</b>`;
    renderPage({ request: req, response }, req.params.view, { title: 'Æ < Å', status: 203 }, { words });
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    response.status(500).send(error instanceof TypeError ? 'handled' : 'something else');
  });
  return request(app);
}

describe.each([true, false])('views, cached: %s', (isCached) => {
  it('are drawn with their parts, and everything in them is escaped', async () => {
    const site = createSite(isCached);
    for (let time = 0; time < 2; time += 1) {
      const { status, text, headers } = await site.get('/whole');
      expect(status).toBe(203);
      expect(text.trim()).toBe(
        '<h1>Æ &lt; Å</h1>\n<p lang="nn">&lt;b&gt;&#34;Blåbær&#34; &amp; &#39;rips&#39;&lt;/b&gt;</p>',
      );
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    }
  });

  it('answer HEAD without a body, and a fault in a view reaches the error page', async () => {
    const site = createSite(isCached);
    const head = await site.head('/whole').expect(203);
    expect(head.text).toBeUndefined();
    expect((await site.get('/faulty').expect(500)).text).toBe('handled');
    await site.get('/whole').expect(203);
  });
});
