import { AppError } from '../errors';

/** Fetches answers of public registers. */
export interface RegisterClient {
  /** Base address of Enhetsregisteret, without a slash at the end. */
  readonly registerUrl: string;
  /** Base address of Klass, without a slash at the end. */
  readonly klassUrl: string;
  /**
   * @param url address that begins with one of the two
   * @returns the answer's content
   * @throws AppError register_unreachable, register_nothing when the register has no such answer, register_too_large
   */
  readonly fetch: (url: string) => Promise<Buffer>;
}

const patienceMilliseconds = 20_000;
const mostBytes = 20 * 1024 * 1024;
const notFound = 404;

/**
 * Prepares fetching from registers; nothing is fetched before somebody asks for it.
 * @param addresses base addresses
 * @param limits milliseconds to wait for the whole answer, and its largest size in bytes
 * @returns the client
 */
export function createRegisterClient(
  addresses: { readonly registerUrl: string; readonly klassUrl: string },
  limits: { readonly milliseconds: number; readonly bytes: number } = {
    milliseconds: patienceMilliseconds,
    bytes: mostBytes,
  },
): RegisterClient {
  return {
    ...addresses,
    fetch: async (url) => {
      const { host } = new URL(url);
      const response = await ask(url, limits.milliseconds);
      if (response.status === notFound) throw new AppError('register_nothing', { values: { host } });
      if (!response.ok || response.body === null) throw new AppError('register_unreachable', { values: { host } });
      return readBody(response.body, { host, mostBytes: limits.bytes });
    },
  };
}

async function ask(url: string, milliseconds: number): Promise<Response> {
  try {
    return await fetch(url, {
      headers: { accept: 'application/json' },
      // The addresses are the operator's own choice; a register that sends us elsewhere is not followed.
      redirect: 'error',
      signal: AbortSignal.timeout(milliseconds),
    });
  } catch (cause) {
    throw new AppError('register_unreachable', { values: { host: new URL(url).host }, cause });
  }
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  { host, mostBytes: most }: { readonly host: string; readonly mostBytes: number },
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > most) throw new AppError('register_too_large', { values: { host } });
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('register_unreachable', { values: { host }, cause });
  }
  return Buffer.concat(chunks);
}
