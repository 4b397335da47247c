import { groupRows } from '../../../../src/http/pages/results/group-rows';
import { createWords } from '../../../../src/http/pages/results/words';
import { createRow, sameText } from '../../../support/comparison-rows';

const words = createWords('nb');

test('an indicator with several options is a table of its own', () => {
  const groups = groupRows(
    [createRow('Type', 'Produkt'), createRow('Type', 'Tjeneste'), createRow('Andel', 'Ja')],
    words,
  );
  expect(groups.map(({ title, rows }) => [title, rows.map(({ label }) => label)])).toEqual([
    ['Type', ['Produkt', 'Tjeneste']],
    ['Andel', ['Ja']],
  ]);
});

test('neighbours with the same base and answers share a table for each answer', () => {
  const rows = ['Ledelsen', 'Tiden'].flatMap((factor) => [createRow(factor, 'Fremmet'), createRow(factor, 'Hemmet')]);
  expect(groupRows(rows, words).map(({ title, rows }) => [title, rows.map(({ label }) => label)])).toEqual([
    ['Fremmet', ['Ledelsen', 'Tiden']],
    ['Hemmet', ['Ledelsen', 'Tiden']],
  ]);
});

test('neighbours with different bases stay apart, and no row is lost', () => {
  const other = { baseLabel: sameText('Innovative arbeidsplasser') };
  const rows = [createRow('Rom', 'Enig'), createRow('Feil', 'Enig', other), createRow('Ideer', 'Enig', other)];
  const groups = groupRows(rows, words);
  expect(groups.map(({ base }) => base)).toEqual(['Alle arbeidsplasser', 'Innovative arbeidsplasser']);
  expect(groups.flatMap((group) => group.rows.map(({ row }) => row))).toEqual(rows);
});
