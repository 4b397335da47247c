import { collectBaselineNotes } from '../../../../src/http/pages/results/baseline-notes';
import { createBaselineCell } from '../../../../src/http/pages/results/figure-cells';
import { groupRows } from '../../../../src/http/pages/results/group-rows';
import { createWords } from '../../../../src/http/pages/results/words';
import { createRow, danishFigure, norwegianFigure, sameText } from '../../../support/comparison-rows';

const words = createWords('nb');

test('figures of one source share a note, which says each reason once', () => {
  const rows = [
    createRow('Type', 'Produkt', { baselines: [danishFigure, norwegianFigure] }),
    createRow('Type', 'Tjeneste', { baselines: [danishFigure] }),
  ];
  const { notes, markOf } = collectBaselineNotes(groupRows(rows, words), words);
  expect(notes).toHaveLength(2);
  expect(notes[0]).toMatchObject({
    mark: 'a',
    shape: '▽',
    title: 'Danmark 2021–2023',
    source: { url: 'https://co-pi.dk/' },
    comparability: [{ why: 'Samme spørsmål.', labels: [] }],
  });
  expect(notes[0]?.facts).toMatch(/^Hele offentlig sektor i Danmark, n = 1\s352$/u);
  expect(notes[1]).toMatchObject({ mark: 'b', shape: '□', title: 'KS 2020 (Norge), 2018–2019' });
  expect(notes[1]?.facts).toContain('antall svar er ikke publisert');
  expect(markOf(norwegianFigure)).toBe('b');
});

test('different reasons under one source name the rows they concern', () => {
  const other = { ...danishFigure, why: sameText('Færre valg.'), comparability: 'adapted' as const };
  const rows = [
    createRow('Type', 'Produkt', { baselines: [danishFigure] }),
    createRow('Type', 'Tjeneste', { baselines: [other] }),
  ];
  const { notes } = collectBaselineNotes(groupRows(rows, words), words);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.comparability.map(({ why, labels }) => [why, labels])).toEqual([
    ['Samme spørsmål.', ['Produkt']],
    ['Færre valg.', ['Tjeneste']],
  ]);
});

test('rounded figures are written "ca.", and what cannot be compared has no number', () => {
  expect(createBaselineCell(norwegianFigure, 'b', words)).toEqual({
    shape: '□',
    text: 'ca. 70 %',
    series: '2020',
    mark: 'b',
  });
  expect(createBaselineCell({ ...danishFigure, comparability: 'own', figure: null }, 'c', words)).toEqual({
    shape: null,
    text: 'ikke sammenlignbart',
    series: null,
    mark: 'c',
  });
});
