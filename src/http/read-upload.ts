import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors';
import type { UploadedFile } from '../usecases/coordinator/upload-frame';

const mebibyte = 1024 * 1024;

/** Forms that take a file, and how large it may be: a frame of 20,000 rows has less than 5 MiB, a register less than 20. */
const places = [
  { path: /^\/runder\/[^/]+\/ramme\/import$/, fileBytes: 5 * mebibyte },
  { path: /^\/administrasjon\/registre\/fil$/, fileBytes: 20 * mebibyte },
] as const;
/** The rest of a file that is too large is read and thrown away up to here; nobody who means well sends more. */
const mostTimesTooLarge = 4;
const limits = { files: 1, fields: 20, fieldSize: 10_000, fieldNameSize: 100, parts: 21, headerPairs: 20 };

function findLargestFile(request: Request): number | null {
  if (request.method !== 'POST') return null;
  return places.find(({ path }) => path.test(request.path))?.fileBytes ?? null;
}

/**
 * Tells whether a request brings a file to an address that takes one; other forms are read as text.
 * @param request the request
 */
export function isUpload(request: Request): boolean {
  const type = request.headers['content-type'] ?? '';
  return findLargestFile(request) !== null && /^multipart\/form-data\s*;/i.test(type);
}

/**
 * Reads a form with one file, of somebody who is signed in: fields into `request.body`, the file into
 * `response.locals.upload`. What comes half is refused as a whole.
 */
export const readUpload: RequestHandler = (request, response, next) => {
  const fileBytes = isUpload(request) ? findLargestFile(request) : null;
  if (fileBytes === null) {
    next();
    return;
  }
  if (response.locals.actor.kind !== 'person') {
    request.resume();
    next(new AppError('sign_in_needed'));
    return;
  }
  if (Number(request.headers['content-length'] ?? 0) > mostTimesTooLarge * fileBytes) {
    request.resume();
    next(new AppError('body_too_large'));
    return;
  }
  receive(request, fileBytes).then(
    ({ fields, file }) => {
      request.body = fields;
      response.locals.upload = file;
      next();
    },
    (error: unknown) => {
      request.resume();
      next(error instanceof AppError ? error : new AppError('bad_request', { cause: error }));
    },
  );
};

interface Received {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: UploadedFile;
}

function receive(request: Request, fileBytes: number): Promise<Received> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    let file: UploadedFile = null;
    let bytes = 0;
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      reject(error instanceof Error ? error : new Error('the upload broke off'));
    };
    const parser = createParser(request.headers, fileBytes);
    parser.on('field', (name, value) => {
      Object.defineProperty(fields, name, { value, enumerable: true, configurable: true });
    });
    parser.on('file', (_field, stream, name) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', fail);
      stream.on('end', () => {
        const content = Buffer.concat(chunks);
        if (name !== '') file = { name, content, isTooLarge: stream.truncated };
      });
    });
    parser.on('error', fail);
    parser.on('finish', () => {
      resolve({ fields, file });
    });
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostTimesTooLarge * fileBytes) fail(new AppError('body_too_large'));
    });
    request.on('aborted', () => {
      fail(new AppError('bad_request'));
    });
    request.pipe(parser);
  });
}

function createParser(headers: Request['headers'], fileSize: number) {
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits: { ...limits, fileSize } });
  } catch (cause) {
    throw new AppError('bad_request', { cause });
  }
}
