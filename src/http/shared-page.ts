import { promisify } from 'node:util';
import { constants, deflateRaw, type ZlibOptions } from 'node:zlib';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { Language } from '../domain/languages';
import { translate } from '../texts/translate';
import { describePage, type Exchange, type Page, type PageOptions } from './page';
import { joinGzip } from './join-gzip';

const mostBytes = 32 * 1024 * 1024;
const deflateOptions: ZlibOptions = { level: constants.Z_BEST_COMPRESSION };
const deflate = promisify<Buffer, ZlibOptions, Buffer>(deflateRaw);

/** The content of a page, without the header of the site. */
export interface Content {
  /** Folder and name of the view, which leaves the head to others and ends with the foot. */
  readonly view: string;
  readonly options: PageOptions;
  readonly model: object;
}

/** Content that has been drawn. */
interface Drawn {
  readonly options: PageOptions;
  readonly plain: Buffer;
  /** The same, compressed as the last part of a deflate stream. */
  readonly deflated: Buffer;
}

/** Pages whose content is the same for everybody who may see it, drawn and compressed once. */
export interface SharedPages {
  /**
   * Answers a request. The header of the site, which names the reader and holds the key of their forms, is drawn every
   * time and never kept.
   * @param exchange request and response
   * @param identity equal for equal content only, and given only to those who may see it
   * @param read makes the content when it is not at hand
   */
  readonly send: (exchange: Exchange, identity: string, read: () => Promise<Content>) => Promise<void>;
}

/**
 * Makes an empty store of drawn pages; the ones least used give way.
 * @param options isKeeping: false draws every page anew, so that changed views show
 */
export function createSharedPages({ isKeeping }: { isKeeping: boolean }): SharedPages {
  const drawn = new LRUCache<string, Drawn, () => Promise<Drawn>>({
    maxSize: mostBytes,
    sizeCalculation: ({ plain, deflated }, key) => plain.length + deflated.length + key.length,
    fetchMethod: (_key, _stale, { context: draw }) => draw(),
    // Giving way while it is being drawn must not fail those who wait for it.
    ignoreFetchAbort: true,
  });
  return {
    async send({ request, response }, identity, read) {
      const { language } = response.locals;
      const draw = async (): Promise<Drawn> => drawContent(response, language, await read());
      // Requests that come while a page is being drawn wait for that one.
      const content = isKeeping
        ? await drawn.forceFetch(JSON.stringify([identity, language]), { context: draw })
        : await draw();
      const page = describePage({ request, response }, content.options);
      const head = Buffer.from(await renderView(response, 'partials/head', { page }));
      send({ request, response }, head, content);
    },
  };
}

async function drawContent(response: Response, language: Language, { view, options, model }: Content): Promise<Drawn> {
  const page: Pick<Page, 'language' | 't'> = { language, t: (key, values) => translate(language, key, values) };
  const plain = Buffer.from(await renderView(response, view, { page, ...model }));
  return { options, plain, deflated: await deflate(plain, deflateOptions) };
}

/** Draws a view from its model alone: nothing of the request comes in by itself. */
function renderView({ app }: Response, view: string, model: object): Promise<string> {
  return new Promise((resolve, reject) => {
    app.render(view, model, (fault: Error | null, html?: string) => {
      if (fault === null && html !== undefined) resolve(html);
      else reject(fault ?? new RangeError(`${view} is empty`));
    });
  });
}

function send({ request, response }: Exchange, head: Buffer, { plain, deflated }: Drawn): void {
  response.type('html');
  if (request.acceptsEncodings('gzip') !== 'gzip') {
    response.send(Buffer.concat([head, plain]));
    return;
  }
  response.setHeader('Content-Encoding', 'gzip');
  response.send(joinGzip(head, { plain, deflated }));
}
