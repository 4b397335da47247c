import { parse } from 'node:querystring';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors';
import { isUpload } from './read-upload';

export interface FormLimits {
  readonly bytes: number;
  readonly fields: number;
}

const separator = '&'.charCodeAt(0);

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isForm({ headers }: Request): boolean {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const isUtf8 = parameters.every(
    (parameter) => !/^\s*charset=/.test(parameter) || /charset="?utf-8"?\s*$/.test(parameter),
  );
  return type.trim() === 'application/x-www-form-urlencoded' && isUtf8 && headers['content-encoding'] === undefined;
}

function countFields(body: Buffer): number {
  let count = 1;
  for (const byte of body) if (byte === separator) count += 1;
  return count;
}

/**
 * Reads forms into `request.body`, each field as a text or, when it comes several times, a list of texts. Bodies of
 * another kind would be taken for empty forms, so they are refused; forms with a file are read when it is known who sends
 * them.
 * @param limits most bytes and fields of a form
 */
export function readForms(limits: FormLimits): RequestHandler {
  return (request, _response, next) => {
    if (!hasBody(request) || isUpload(request)) {
      next();
      return;
    }
    if (!isForm(request)) {
      next(new AppError('content_type_unknown'));
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    const leave = (): void => {
      request.off('data', take).off('end', finish).off('error', breakOff);
    };
    const breakOff = (cause: unknown): void => {
      leave();
      next(new AppError('bad_request', { cause }));
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= limits.bytes) {
        chunks.push(chunk);
        return;
      }
      leave();
      // The rest is read and thrown away, so that the answer gets through.
      request.resume();
      next(new AppError('body_too_large'));
    };
    const finish = (): void => {
      leave();
      const body = Buffer.concat(chunks, bytes);
      if (countFields(body) > limits.fields) {
        next(new AppError('body_too_large'));
        return;
      }
      request.body = parse(body.toString(), '&', '=', { maxKeys: 0 });
      next();
    };
    request.on('data', take).on('end', finish).on('error', breakOff);
  };
}
