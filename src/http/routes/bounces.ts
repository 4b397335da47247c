import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Context } from '../../context';
import { takeInReports } from '../../usecases/administrator/take-in-bounces';

const mostBytes = 256 * 1024;
const bounceSchema = z.object({ messageId: z.string().min(1).max(1000), status: z.string().min(1).max(100) });
const bodySchema = z.union([bounceSchema.transform((bounce) => [bounce]), z.array(bounceSchema).min(1).max(1000)]);

function isSame(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** Either the secret itself, or a signature of the body made with it. */
function isAllowed(request: Request, secret: string, body: Buffer): boolean {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return (
    isSame(request.get('Authorization') ?? '', `Bearer ${secret}`) ||
    isSame((request.get('X-Signature') ?? '').toLowerCase(), `sha256=${signature}`)
  );
}

/** Null: longer than any list of reports. */
async function readBody(request: Request): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes > mostBytes ? null : Buffer.concat(chunks);
}

function parseBody(body: Buffer): z.infer<typeof bodySchema> | null {
  try {
    return bodySchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return null;
  }
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}

/**
 * Where a mail service reports what it could not deliver: JSON, one report or a list of them.
 * @param context the process' context
 */
export function receiveBounces(context: Context): RequestHandler {
  const { secret } = context.config.bounces;
  return async (request, response) => {
    const body = await readBody(request).catch(() => null);
    if (secret === undefined) refuse(response, 404, 'not_found');
    else if (body === null) refuse(response, 413, 'body_too_large');
    else if (!isAllowed(request, secret, body)) refuse(response, 401, 'not_allowed');
    else {
      const bounces = parseBody(body);
      if (bounces === null) refuse(response, 400, 'bad_request');
      else response.json({ received: bounces.length, matched: await takeInReports(context, bounces) });
    }
  };
}
