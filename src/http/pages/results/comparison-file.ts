import type { ComparisonRow } from '../../../domain/benchmark/comparison-view';
import { createGroup, type GroupConditions } from '../../../domain/benchmark/groups';
import { writeFiguresCsv, type FigureForTable } from '../../../formats/figures-table';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { createFigureWords } from '../../../usecases/figure-words';
import type { Words } from './words';

/**
 * Writes the figures of a comparison page as CSV: own share, rest of the network and members, one row each.
 * @param page figures that may be shown
 * @param words words of the reader's language
 * @returns name without extension, and the file's text
 */
export function writeComparisonFile(
  page: ComparisonPage,
  words: Words,
): { readonly name: string; readonly text: string } {
  const { wave, network, organisation, theme } = page;
  const category: Partial<GroupConditions> =
    page.breakdown.dimension === 'none' ? {} : { [page.breakdown.dimension]: page.breakdown.value };
  const text = writeFiguresCsv({
    wave: wave.key,
    period: wave.period,
    network: network.name,
    note: network.isDemo ? words.t('layout.demo') : '',
    figures: page.rows.flatMap((row) => listFigures(row, organisation.key, category)),
    words: createFigureWords(words.language, [organisation, ...page.rows.flatMap(nameMembers)]),
  });
  const part = page.breakdown.dimension === 'none' ? [] : [page.breakdown.value.toLowerCase()];
  return { name: [wave.key, organisation.key, theme.id, ...part].join('-'), text };
}

function nameMembers({ members }: ComparisonRow): readonly { readonly key: string; readonly name: string }[] {
  return members.map(({ organisation }) => organisation);
}

function listFigures(
  row: ComparisonRow,
  organisation: string,
  category: Partial<GroupConditions>,
): readonly FigureForTable[] {
  const shared = {
    indicator: { id: row.indicator, label: row.indicatorLabel },
    option: { id: row.option, label: row.optionLabel },
    baseLabel: row.baseLabel,
    comparison: null,
    contributors: null,
    baselines: [],
  };
  return [
    {
      ...shared,
      group: createGroup({ ...category, organisation }),
      estimate: row.own,
      comparison: row.comparison,
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
