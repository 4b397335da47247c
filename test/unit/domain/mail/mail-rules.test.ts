import { randomUUID } from 'node:crypto';
import { readDeliveryStatus, readReportedStatus } from '../../../../src/domain/mail/delivery-status';
import { findMorning, findResumePause, findRetryPause } from '../../../../src/domain/mail/mailings';
import {
  isOptOutToken,
  makeOptOutToken,
  makeTestMailToken,
  readOptOutToken,
  readTestMailToken,
} from '../../../../src/domain/mail/signed-links';
import { drawQr } from '../../../../src/formats/write-qr';

const key = Buffer.alloc(32, 7);

test('a planned mailing begins at half past seven in Norway, summer and winter', () => {
  expect(findMorning('2026-01-15').toISOString()).toBe('2026-01-15T06:30:00.000Z');
  expect(findMorning('2026-07-15').toISOString()).toBe('2026-07-15T05:30:00.000Z');
  expect(findMorning('2026-03-29').toISOString()).toBe('2026-03-29T05:30:00.000Z');
  expect(findMorning('2026-10-25').toISOString()).toBe('2026-10-25T06:30:00.000Z');
});

test('pauses grow and end', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map(findRetryPause);
  expect(pauses.slice(0, 6)).toEqual([...pauses.slice(0, 6)].sort((left, right) => Number(left) - Number(right)));
  expect(pauses[6]).toBeNull();
  expect(findResumePause('unreachable', 0)).toBe(60_000);
  expect(findResumePause('unreachable', 6)).toBeNull();
  expect(findResumePause('login', 0)).toBeNull();
});

test('only a mail given up for good, and not for policy, makes an address dead', () => {
  expect(readDeliveryStatus('Failed', '5.1.1')).toEqual({ kind: 'failed', isAddressDead: true });
  expect(readDeliveryStatus('failed', '5.7.1')).toEqual({ kind: 'failed', isAddressDead: false });
  expect(readDeliveryStatus('failed', '4.4.7')).toEqual({ kind: 'failed', isAddressDead: false });
  expect(readDeliveryStatus('failed', null)).toEqual({ kind: 'failed', isAddressDead: false });
  expect(readDeliveryStatus('delayed', '5.1.1')).toEqual({ kind: 'passing' });
  expect(readReportedStatus('Bounced')).toEqual({ kind: 'failed', isAddressDead: true });
  expect(readReportedStatus('4.2.2')).toEqual({ kind: 'passing' });
  expect(readReportedStatus('opened')).toEqual({ kind: 'passing' });
});

test('a link for saying no belongs to one invitation and one address', () => {
  const invitation = { id: randomUUID(), email: 'Kari@example.org' };
  const token = makeOptOutToken(key, invitation);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(readOptOutToken(token)).toBe(invitation.id);
  expect(isOptOutToken(key, token, { ...invitation, email: 'kari@example.org' })).toBe(true);
  expect(isOptOutToken(key, token, { ...invitation, email: 'ola@example.org' })).toBe(false);
  expect(isOptOutToken(Buffer.alloc(32, 8), token, invitation)).toBe(false);
  expect(readOptOutToken('x')).toBeNull();
});

test('the link of a test mail works for seven days, unchanged', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const test = { waveId: randomUUID(), actorId: randomUUID() };
  const token = makeTestMailToken(key, { ...test, now });
  expect(readTestMailToken(key, token, now)).toEqual(test);
  expect(readTestMailToken(key, token, new Date('2026-11-29T12:00:01Z'))).toBeNull();
  expect(readTestMailToken(key, token.replace(test.waveId, randomUUID()), now)).toBeNull();
});

test('a QR code has its white edge and is drawn with bars', () => {
  const { size, path } = drawQr('https://b.example.org/svar/abc');
  expect(size).toBeGreaterThan(29);
  expect(path).toMatch(/^M4 4h7v1h-7z/);
});
