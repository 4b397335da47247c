import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMethodNote } from '../../../../src/http/pages/results/method-note';
import { methodOutline } from '../../../../src/http/pages/results/method-outline';
import { listMethodSections, type MethodLimits } from '../../../../src/http/pages/results/method-sections';
import { createWords } from '../../../../src/http/pages/results/words';
import { languages } from '../../../../src/domain/languages';
import { packageRoot } from '../../../../src/platform/package-root';
import nb from '../../../../src/texts/nb.json';

const limits: MethodLimits = {
  cellSize: 12,
  networkCellSize: 8,
  publicCellSize: 12,
  isOpenNetwork: true,
  minimumOrganisations: 4,
  minimumWorkplaces: 3,
  insiders: 1,
  buildingBlocks: false,
  conservativeIntervals: false,
  maximumOrganisationShare: 0.55,
  relevantDifference: 0.06,
};

function read(changes: Partial<MethodLimits> = {}): string {
  return listMethodSections({ ...limits, ...changes }, createWords('nb'))
    .flatMap(({ paragraphs }) => paragraphs)
    .join('\n');
}

test('docs/method.md is what "node bin/write-method-note.js" writes', () => {
  expect(readFileSync(join(packageRoot, 'docs', 'method.md'), 'utf8')).toBe(writeMethodNote());
});

test('the limits in the text are those of the release', () => {
  const text = read({ isOpenNetwork: false });
  expect(text).toContain('færre enn 12 svar på spørsmålet vises ikke');
  expect(text).toContain('minst 11 igjen');
  expect(text).toContain('organisasjoner med minst 8 svar');
  expect(text).toContain('minst 6 prosentpoeng');
  expect(text).toContain('minst 4 andre organisasjoner, og ingen av dem kan stå for mer enn 55 prosent');
  expect(text).toContain('20 poeng under 20 svar, 10 poeng under 60 svar og 5 poeng ellers');
});

test('names the intervals that the network has chosen', () => {
  expect(read()).toContain('Intervallet er Wilsons');
  expect(read()).not.toContain('Korn og Graubards');
  expect(read({ conservativeIntervals: true })).not.toContain('Intervallet er Wilsons');
  expect(read({ conservativeIntervals: true })).toContain('Korn og Graubards');
});

test('what holds for the other kind of network, or for no public edition, is left out', () => {
  expect(read()).toContain('Åpent nettverk');
  expect(read()).not.toContain('Lukket nettverk');
  expect(read({ isOpenNetwork: false })).not.toContain('Åpent nettverk');
  expect(read()).toContain('utgaven for alle står det minst 12 svar');
  expect(read({ publicCellSize: null })).not.toContain('står det minst 0 svar');
  expect(read({ publicCellSize: null })).toContain('fikk ikke beskjed');
});

test.each(languages)('every text of the method is said in %s with all its values filled in', (language) => {
  const sections = listMethodSections({ ...limits, isOpenNetwork: null }, createWords(language));
  const said = sections.flatMap(({ title, paragraphs, symbols }) => [title, ...paragraphs, symbols ?? '-']);
  expect(said.filter((text) => text === '' || /[{}]/.test(text))).toEqual([]);
});

test('no text of a section is forgotten in the outline', () => {
  const told = new Set(
    methodOutline.flatMap(({ title, paragraphs, symbols }): string[] => [title, ...paragraphs, symbols ?? title]),
  );
  const ids = methodOutline.map(({ id }) => id).join('|');
  const written = Object.keys(nb).filter((key) => new RegExp(`^method\\.(${ids})\\.`).test(key));
  const elsewhere = new Set([
    'method.baselines.used',
    'method.baselines.none',
    'method.baselines.item',
    'method.rounding.step_below',
    'method.rounding.step_else',
  ]);
  expect(written.filter((key) => !told.has(key) && !elsewhere.has(key))).toEqual([]);
});

test('the section on what is hidden tells of every rule of disclosure control', () => {
  const hidden = listMethodSections({ ...limits, isOpenNetwork: null }, createWords('nb')).find(
    ({ id }) => id === 'hidden',
  );
  const rules = [...(hidden?.paragraphs.join('\n') ?? '').matchAll(/\bR(\d+)\b/g)].map(([, rule]) => Number(rule));
  expect([...new Set(rules)].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});
