import { writeCsv, type CsvColumn } from '../formats/write-csv';
import type { ImportFile } from '../usecases/import-faults';
import type { DemoAnswers } from './answer-model';
import { nameUnit } from './name-units';
import type { DemoOrganisation, DemoUnit } from './organisations';

/** One line of an import of responses: a workplace, its outcome, and its answers when it has answered. */
export interface DemoOutcome {
  readonly unit: string;
  readonly disposition: 'I' | 'P' | 'R' | 'NC';
  readonly answers: DemoAnswers;
}

function createFile<Row>(name: string, columns: readonly CsvColumn<Row>[], rows: readonly Row[]): ImportFile {
  return { name, bytes: new TextEncoder().encode(writeCsv(columns, rows)), language: 'nb' };
}

/** Writes the file that `organisation import` reads. */
export function writeOrganisations(organisations: readonly DemoOrganisation[]): ImportFile {
  return createFile(
    'organisations.csv',
    [
      { name: 'key', cell: ({ key }) => key },
      { name: 'name', cell: ({ name }) => name },
      { name: 'orgnr', cell: ({ orgnr }) => orgnr },
      { name: 'kind', cell: ({ kind }) => kind },
    ],
    organisations,
  );
}

const frameColumns: readonly CsvColumn<DemoUnit>[] = [
  { name: 'unit', cell: ({ unit }) => unit },
  { name: 'organisation', cell: ({ organisation }) => organisation.key },
  { name: 'sector', cell: ({ sector }) => sector },
  { name: 'type', cell: ({ type }) => type },
  { name: 'size', cell: ({ size }) => size },
  { name: 'invited', cell: () => 1 },
];

/** Writes the file that `frame import` reads: every workplace is invited. */
export function writeFrame(units: readonly DemoUnit[]): ImportFile {
  return createFile('frame.csv', frameColumns, units);
}

/** Writes the same with names of workplaces and their managers. */
export function writeNamedFrame(units: readonly DemoUnit[]): ImportFile {
  const named = new Map(units.map((unit, index) => [unit.unit, nameUnit(unit, index)]));
  const columns: readonly CsvColumn<DemoUnit>[] = [
    ...frameColumns,
    { name: 'unit_name', cell: ({ unit }) => named.get(unit)?.unitName ?? null },
    { name: 'name', cell: ({ unit }) => named.get(unit)?.manager ?? null },
    { name: 'email', cell: ({ unit }) => named.get(unit)?.email ?? null },
    { name: 'language', cell: ({ unit }) => named.get(unit)?.language ?? null },
  ];
  return createFile('frame.csv', columns, units);
}

/**
 * Writes the file that `responses import` reads.
 * @param columns names of the answer columns, `variable` or `variable__option`
 * @param outcomes one per invited workplace
 */
export function writeResponses(columns: readonly string[], outcomes: readonly DemoOutcome[]): ImportFile {
  return createFile(
    'responses.csv',
    [
      { name: 'unit', cell: ({ unit }) => unit },
      { name: 'disposition', cell: ({ disposition }) => disposition },
      ...columns.map((column) => ({
        name: column,
        cell: ({ answers }: DemoOutcome) => readCell(answers, column),
      })),
    ],
    outcomes,
  );
}

function readCell(answers: DemoAnswers, column: string): string | number | null {
  const [variable = '', option] = column.split('__');
  const answer = answers[variable];
  if (answer === undefined) return null;
  if (option === undefined) return typeof answer === 'string' ? answer : null;
  return answer.includes(option) ? 1 : 0;
}
