import type { ComparisonRow } from '../../../domain/benchmark/comparison-view';
import { createGroup, type GroupConditions } from '../../../domain/benchmark/groups';
import { writeFiguresCsv, type ComparatorForTable, type FigureForTable } from '../../../formats/figures-table';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { createFigureWords } from '../../../usecases/figure-words';
import { createComparatorCell, findPeriod, nameComparator, writeComparator } from './comparator-words';
import type { Words } from './words';

/**
 * Writes the figures of a comparison page as CSV: own share with what it is compared with, rest of the network and
 * members, one row each.
 * @param page figures that may be shown
 * @param words words of the reader's language
 * @param publicUrl address of the installation
 * @returns name without extension, and the file's text
 */
export function writeComparisonFile(
  page: ComparisonPage,
  words: Words,
  publicUrl: string,
): { readonly name: string; readonly text: string } {
  const { wave, network, organisation, theme } = page;
  const category: Partial<GroupConditions> =
    page.breakdown.dimension === 'none' ? {} : { [page.breakdown.dimension]: page.breakdown.value };
  const text = writeFiguresCsv({
    wave: wave.key,
    period: wave.period,
    network: network.name,
    note: network.isDemo ? words.t('layout.demo') : '',
    method: `${publicUrl}/runder/${encodeURIComponent(wave.key)}/metode`,
    figures: page.rows.flatMap((row) => listFigures(row, category, { page, words })),
    words: createFigureWords(words.language, [organisation, ...page.rows.flatMap(nameMembers)]),
  });
  const part = page.breakdown.dimension === 'none' ? [] : [page.breakdown.value.toLowerCase()];
  const against = page.comparator.kind === 'rest' ? [] : [writeComparator(page.comparator)];
  return { name: [wave.key, organisation.key, theme.id, ...part, ...against].join('-'), text };
}

function nameMembers({ members }: ComparisonRow): readonly { readonly key: string; readonly name: string }[] {
  return members.map(({ organisation }) => organisation);
}

function describeBeside(row: ComparisonRow, page: ComparisonPage, words: Words): ComparatorForTable {
  const { comparator, absence, printed } = row.beside;
  return {
    comparator,
    label: nameComparator(page, words),
    period: findPeriod(row, page),
    printed,
    comparison: row.comparison,
    absence: absence === null ? null : createComparatorCell(row, page, words).text,
  };
}

function listFigures(
  row: ComparisonRow,
  category: Partial<GroupConditions>,
  { page, words }: { readonly page: ComparisonPage; readonly words: Words },
): readonly FigureForTable[] {
  const organisation = page.organisation.key;
  const shared = {
    indicator: { id: row.indicator, label: row.indicatorLabel },
    option: { id: row.option, label: row.optionLabel },
    baseLabel: row.baseLabel,
    comparison: null,
    beside: null,
    contributors: null,
    baselines: [],
  };
  return [
    {
      ...shared,
      group: createGroup({ ...category, organisation }),
      estimate: row.own,
      comparison: page.comparator.kind === 'rest' ? row.comparison : null,
      beside: describeBeside(row, page, words),
      baselines: row.baselines,
    },
    {
      ...shared,
      group: createGroup({ ...category, rest: organisation }),
      estimate: row.rest.estimate,
      contributors: row.rest.organisations,
    },
    ...row.members.map((member) => ({
      ...shared,
      group: createGroup({ ...category, organisation: member.organisation.key }),
      estimate: member.estimate,
    })),
  ];
}
