import { createHistory } from '../../../src/http/pages/waves/wave-history';
import { createWords } from '../../../src/http/pages/results/words';

const words = createWords('nb');
const at = (day: number, action: string, detail: Readonly<Record<string, unknown>> = {}, actorName = 'Kari') => ({
  occurredAt: new Date(Date.UTC(2026, 10, day, 12)),
  action,
  actorName,
  detail,
});
const tell = (...events: ReturnType<typeof at>[]) => createHistory(events, words).map(({ what, who }) => [what, who]);

test('what somebody did again and again on one day is told once, with how often', () => {
  const change = 'changed privacy set-up';
  expect(tell(at(3, change), at(3, change), at(3, 'opened wave'), at(3, change))).toEqual([
    ['Endret personvernoppsettet (2 ganger)', 'Kari'],
    ['Åpnet runden', 'Kari'],
    ['Endret personvernoppsettet', 'Kari'],
  ]);
  expect(tell(at(3, change), at(2, change))).toHaveLength(2);
  expect(tell(at(3, change), at(3, change, {}, 'Ola'))).toHaveLength(2);
});

test('mailings are told by their number', () => {
  const mailings = [
    at(9, 'planned mailing', { number: 2, plannedOn: '2026-11-12' }),
    at(5, 'requested mailing', { number: 1 }),
  ];
  expect(tell(...mailings, at(1, 'requested mailing', { number: 0 }))).toEqual([
    ['Planla påminnelse 2 til 12. november 2026', 'Kari'],
    ['Sendte påminnelse 1', 'Kari'],
    ['Sendte invitasjonene', 'Kari'],
  ]);
});
