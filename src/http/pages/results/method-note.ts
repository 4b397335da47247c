import { defaultPolicy, minimumCellSizeFloor, readRelevantDifference } from '../../../domain/disclosure/policy';
import { defaultLanguage } from '../../../domain/languages';
import { suggestions } from '../waves/wave-plan-form';
import { listMethodSections, type MethodLimits, type MethodSection } from './method-sections';
import { createWords, type Words } from './words';

/** What holds in a network that has chosen nothing stricter. */
const usualLimits: MethodLimits = {
  cellSize: defaultPolicy.minimumCellSize,
  networkCellSize: defaultPolicy.minimumCellSize,
  publicCellSize: suggestions.publicK,
  isOpenNetwork: null,
  minimumOrganisations: defaultPolicy.minimumOrganisations,
  minimumWorkplaces: defaultPolicy.minimumWorkplaces,
  insiders: defaultPolicy.insiders,
  // Told to those who choose the rules.
  buildingBlocks: true,
  conservativeIntervals: null,
  maximumOrganisationShare: defaultPolicy.maximumOrganisationShare,
  relevantDifference: readRelevantDifference(defaultPolicy),
};

/**
 * Writes docs/method.md: the words of every round's method page in bokmål, with the usual limits.
 * @returns Markdown
 */
export function writeMethodNote(): string {
  const words = createWords(defaultLanguage);
  const sections = listMethodSections(usualLimits, words).map((section) => writeSection(section, words));
  const lead = words.t('method.note.lead', { floor: minimumCellSizeFloor });
  return `${[`# ${words.t('method.heading')}`, lead, ...sections].join('\n\n')}\n`;
}

function writeSection({ title, paragraphs, formulas, symbols, sources }: MethodSection, words: Words): string {
  return [
    `## ${title}`,
    ...paragraphs,
    ...(formulas.length === 0 ? [] : [['```text', ...formulas, '```'].join('\n')]),
    ...(symbols === null ? [] : [symbols]),
    ...(sources.length === 0 ? [] : [words.t('method.note.source', { sources: sources.join('; ') })]),
  ].join('\n\n');
}
