import { isIPv6 } from 'node:net';

/** A household or an office is given at least this much of the IPv6 space; single addresses in it are free. */
const networkGroups = 4;
const allGroups = 8;

/**
 * Reduces a network address to what one sender holds.
 * @param address IPv4 or IPv6 address; undefined when the connection is gone
 * @returns the IPv4 address, or the first 64 bits of an IPv6 address
 */
export function maskAddress(address: string | undefined): string {
  const [text = ''] = (address ?? '').toLowerCase().split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined || !isIPv6(text)) return mapped ?? text;
  const [front = '', back = ''] = text.split('::');
  const split = (part: string) => (part === '' ? [] : part.split(':'));
  const missing = text.includes('::') ? allGroups - split(front).length - split(back).length : 0;
  const groups = [...split(front), ...Array.from({ length: missing }, () => '0'), ...split(back)];
  return groups
    .slice(0, networkGroups)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
