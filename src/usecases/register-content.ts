import { z } from 'zod';
import type { ReadRegionCode } from '../domain/fieldwork/merge-regions';
import { regionClassifications, type RegionClassification, type RegionLink } from '../domain/fieldwork/region-codes';
import { readEntities, type RegisterFault } from '../formats/read-entities';
import { readKlassRegions, readKostraGroups, type KlassCode } from '../formats/read-klass';
import { createFaultList, type ImportFile } from './import-faults';

const day = z.iso.date();

/** What can be imported of a register: organisations, codes over time, or KOSTRA groups of a year. */
export const registerContentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('organisations'),
    isOnlyKnown: z.boolean(),
    page: z.object({ number: z.number(), of: z.number() }).nullable(),
    entities: z.array(
      z.object({ orgnr: z.string(), name: z.string(), form: z.string(), municipalityCode: z.string() }),
    ),
  }),
  z.object({
    kind: z.literal('regions'),
    classification: z.enum(regionClassifications),
    codes: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        validFrom: day,
        validTo: day.nullable(),
        isStartKnown: z.boolean(),
        isEndKnown: z.boolean(),
      }),
    ),
    changes: z.array(
      z.object({
        changedOn: day,
        fromCode: z.string(),
        fromName: z.string(),
        toCode: z.string(),
        toName: z.string(),
      }),
    ),
  }),
  z.object({
    kind: z.literal('kostra_groups'),
    year: z.int(),
    groups: z.array(z.object({ municipalityCode: z.string(), group: z.string() })),
  }),
]);
export type RegisterContent = z.infer<typeof registerContentSchema>;

/** Which register an answer comes from, and what the answer itself does not tell. */
export type RegisterRequest =
  | { readonly kind: 'organisations'; readonly isOnlyKnown: boolean }
  | {
      readonly kind: 'regions';
      readonly classification: RegionClassification;
      /** Day of a list that tells no periods (codesAt). */
      readonly date: string;
    }
  | { readonly kind: 'kostra_groups'; readonly year: number };

/**
 * Reads answers of a register.
 * @param files one answer, or its pages, or codes and changes together
 * @param request what they are taken for
 * @returns what was read
 * @throws AppError import_faulty with every fault of the first file that has one
 */
export function readRegister(files: readonly ImportFile[], request: RegisterRequest): RegisterContent {
  if (request.kind === 'organisations') {
    const read = files.map((file) => ({ file, ...readEntities(file.bytes) }));
    for (const { file, faults } of read) throwFaults(file, faults, 'organisations');
    const page = files.length === 1 ? (read[0]?.page ?? null) : null;
    return { ...request, page, entities: read.flatMap(({ rows }) => rows.filter(isPublicBody)) };
  }
  if (request.kind === 'kostra_groups') {
    const read = files.map((file) => ({ file, ...readKostraGroups(file.bytes) }));
    for (const { file, faults } of read) throwFaults(file, faults, 'kostra_groups');
    return { ...request, groups: read.flatMap(({ rows }) => rows) };
  }
  const { classification, date } = request;
  const read = files.map((file) => ({ file, ...readKlassRegions(file.bytes, classification) }));
  for (const { file, faults } of read) throwFaults(file, faults, classification);
  return {
    kind: 'regions',
    classification,
    codes: read.flatMap(({ codes }) => completePeriods(codes, date)),
    changes: read.flatMap(({ changes }): RegionLink[] => [...changes]),
  };
}

/** The register has more than a million units; only these are ever compared. */
function isPublicBody({ form }: { readonly form: string }): boolean {
  return form === 'KOMM' || form === 'FYLK';
}

/**
 * Klass cuts periods at the ends of what it was asked for. Some code is always valid, so that a list without an open end
 * ends where the question did; and the earliest beginning may be that of the question.
 */
function completePeriods(codes: readonly KlassCode[], date: string): ReadRegionCode[] {
  const starts = codes.flatMap(({ validFrom }) => (validFrom === null ? [] : [validFrom])).sort();
  const ends = codes.map(({ validTo }) => validTo).sort((first, second) => (first ?? '').localeCompare(second ?? ''));
  const lastEnd = ends.includes(null) ? null : (ends.at(-1) ?? null);
  return codes.map(({ code, name, validFrom, validTo }) => {
    const isCut = lastEnd !== null && validTo === lastEnd;
    return {
      code,
      name,
      validFrom: validFrom ?? date,
      validTo: isCut ? null : validTo,
      isStartKnown: validFrom !== null && validFrom !== starts[0],
      isEndKnown: validFrom !== null && !isCut,
    };
  });
}

const expectedKeys = {
  organisations: 'import.register_form.organisations',
  municipality: 'import.register_form.municipality',
  county: 'import.register_form.county',
  kostra_groups: 'import.register_form.kostra_groups',
} as const;

function throwFaults(file: ImportFile, faults: readonly RegisterFault[], expected: keyof typeof expectedKeys): void {
  const list = createFaultList(file);
  for (const { line, column, code, found } of faults) {
    if (code === 'form') list.add({ line, column }, expectedKeys[expected]);
    else if (code === 'orgnr') list.add({ line, column }, 'import.orgnr', { found });
    else list.add({ line, column }, `import.register_${code}`, { found });
  }
  list.throwIfAny();
}
