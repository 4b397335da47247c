const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * @param issuer address of a provider
 * @returns true when it is this machine, without TLS
 */
export function isLoopback(issuer: URL): boolean {
  return issuer.protocol === 'http:' && loopbackHosts.has(issuer.hostname);
}

/**
 * Tells whether an issuer may be spoken with.
 * @param text address as it was written
 * @param allowsLoopback whether providers on this machine may go without TLS, for trying things out
 * @returns true for an https address without query or fragment
 */
export function isIssuer(text: string, allowsLoopback: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const issuer = new URL(text);
  const isPlain = issuer.search === '' && issuer.hash === '' && issuer.username === '' && issuer.password === '';
  return isPlain && (issuer.protocol === 'https:' || (allowsLoopback && isLoopback(issuer)));
}
