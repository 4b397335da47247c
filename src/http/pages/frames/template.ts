import { frameColumns } from '../../../domain/fieldwork/frame-columns';
import type { FrameTemplate } from '../../../formats/frame-template';
import type { FrameColumn } from '../../../domain/fieldwork/frame-columns';
import type { FrameUploads } from '../../../usecases/coordinator/read-pending-import';
import type { Words } from '../results/words';
import { nameCode } from './frame-words';

/**
 * Makes the template of a frame file: the headings that are recognised, and two rows that are plainly made up.
 * @param uploads whom the wave asks, and the organisations that a file may be about
 * @param words words of the reader's language
 */
export function createTemplate({ population, organisations }: FrameUploads, words: Words): FrameTemplate {
  const columns = frameColumns.filter((column) => column !== 'employees' || population === 'employees');
  const organisation = organisations[0]?.name ?? '';
  const example = (number: 1 | 2): Readonly<Record<FrameColumn, string>> => ({
    unit: words.t('frame.template.unit', { number }),
    unit_name: words.t(`frame.template.workplace_${number}`),
    organisation,
    sector: nameCode(words, 'sector', number === 1 ? 'education' : 'health'),
    type: nameCode(words, 'type', number === 1 ? 'barnehage' : 'sykehjem'),
    size: nameCode(words, 'size', number === 1 ? 'S' : 'L'),
    employees: number === 1 ? '12' : '80',
    invited: words.t('frame.yes'),
    name: words.t('frame.template.person', { number }),
    email: `person${number}@example.org`,
    language: nameCode(words, 'language', number === 1 ? 'nb' : 'nn'),
  });
  const rows = [example(1), example(2)].map((row) => columns.map((column) => row[column]));
  return {
    sheet: words.t('wave.tab.frame'),
    rows: [columns.map((column) => words.t(`frame.column.${column}`)), ...rows],
  };
}
