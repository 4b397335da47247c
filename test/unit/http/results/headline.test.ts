import { summariseComparison } from '../../../../src/domain/benchmark/comparison-summary';
import type {
  BreakdownChoice,
  ChosenComparator,
  ComparisonRow,
} from '../../../../src/domain/benchmark/comparison-view';
import { createHeadline } from '../../../../src/http/pages/results/headline';
import { createWords } from '../../../../src/http/pages/results/words';
import { createRow, hidden, sameText } from '../../../support/comparison-rows';

const organisation = { key: 'asker', name: 'Asker', kind: 'municipality' } as const;

function headline(
  rows: readonly ComparisonRow[],
  breakdown: BreakdownChoice = { dimension: 'none' },
  comparator: ChosenComparator = { kind: 'rest' },
) {
  const earlierWaves = [{ key: 'before', period: '2022-2023' }];
  const page = { summary: summariseComparison(rows), organisation, breakdown, comparator, earlierWaves };
  return createHeadline(page, createWords('nb'));
}

test.each([
  [['above', 'no_clear_difference'], 'Asker ligger høyere enn resten av nettverket på 1 av 2 tall'],
  [['below', 'not_tested'], 'Asker ligger lavere enn resten av nettverket på 1 av 2 tall'],
  [['above', 'below'], 'Asker skiller seg fra resten av nettverket på 2 av 2 tall'],
  [['no_clear_difference', 'not_tested'], 'Ingen sikker forskjell mellom Asker og resten av nettverket'],
  [['not_tested'], 'For få svar til å si om Asker skiller seg fra resten av nettverket'],
] as const)('the heading for %j says what the test found', (verdicts, heading) => {
  const rows = verdicts.map((verdict, index) => createRow('Type', `Valg ${index}`, { verdict }));
  expect(headline(rows).heading).toBe(heading);
});

test.each<[ChosenComparator, string]>([
  [{ kind: 'network' }, 'Asker ligger høyere enn hele nettverket på 1 av 1 tall'],
  [{ kind: 'organisations' }, 'Asker ligger høyere enn snittet av organisasjonene på 1 av 1 tall'],
  [{ kind: 'wave' }, 'Asker ligger høyere enn før (2022–2023) på 1 av 1 tall'],
  [{ kind: 'baseline' }, 'Asker ligger høyere enn publiserte tall på 1 av 1 tall'],
  [
    { kind: 'organisation', organisation: { key: 'lier', name: 'Lier' } },
    'Asker ligger høyere enn Lier på 1 av 1 tall',
  ],
])('the heading names what is compared with: %j', (comparator, heading) => {
  expect(headline([createRow('Type', 'Produkt')], { dimension: 'none' }, comparator).heading).toBe(heading);
});

test('a broken series is not called hidden, and nothing is claimed of it', () => {
  const beside = { comparator: null, absence: 'break', printed: hidden } as const;
  const row = createRow('Type', 'Produkt', { beside, comparison: hidden });
  const { heading, sentences } = headline([row], { dimension: 'none' }, { kind: 'wave' });
  expect(heading).toBe('Ingen tall her kan sammenlignes med 2022–2023');
  expect(sentences).toEqual(['Ett tall på siden: 1 uten noe å sammenligne med.']);
});

test('the heading of a part says which part it is about', () => {
  const rows = [createRow('Type', 'Produkt')];
  expect(headline(rows, { dimension: 'sector', value: 'health' }).heading).toBe(
    'Asker (helse og omsorg) ligger høyere enn resten av nettverket på 1 av 1 tall',
  );
});

test('hidden figures are said to be hidden and nothing else is claimed', () => {
  const { heading, sentences } = headline([createRow('Type', 'Produkt', { own: hidden, comparison: hidden })]);
  expect(heading).toBe('Tallene for Asker er skjult av hensyn til personvernet');
  expect(sentences).toEqual(['Ett tall på siden: 1 skjult av hensyn til personvernet.']);
});

test('clear differences are named with both shares; abbreviations keep their capitals', () => {
  const rows = [
    createRow('Type', 'Produkt'),
    createRow('Rolle', 'IT', { verdict: 'below', optionLabel: sameText('IT') }),
    createRow('Type', 'Annet', { verdict: 'no_clear_difference' }),
  ];
  expect(headline(rows).sentences).toEqual([
    'Tydeligst høyere: «Type: produkt» (62 mot 51 prosent).',
    'Tydeligst lavere: «Rolle: IT» (62 mot 51 prosent).',
    '3 tall på siden: 1 høyere, 1 lavere og 1 uten sikker forskjell.',
  ]);
});
