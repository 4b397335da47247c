import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/** Why a provider's help was not to be had: it does not answer, or what it answers cannot be trusted. */
export interface ProviderFault {
  readonly kind: 'unavailable' | 'refused';
  /** A short word for the log and for administrators; never a token. */
  readonly reason: string;
}

const unavailable = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_HTTP_REQUEST_FORBIDDEN']);
const word = /^[\w.-]{1,80}$/;

/**
 * Tells what went wrong with a provider.
 * @param fault what openid-client threw
 * @returns kind and reason
 */
export function explainFault(fault: unknown): ProviderFault {
  if (fault instanceof AuthorizationResponseError || fault instanceof ResponseBodyError) {
    return { kind: 'refused', reason: word.test(fault.error) ? fault.error : 'refused' };
  }
  const code = fault instanceof ClientError ? fault.code : undefined;
  if (code !== undefined) return { kind: unavailable.has(code) ? 'unavailable' : 'refused', reason: code };
  if (fault instanceof TypeError) return { kind: 'unavailable', reason: 'not_reachable' };
  return { kind: 'refused', reason: fault instanceof Error ? fault.name : 'unknown' };
}
