import { isDay } from '../domain/fieldwork/is-day';
import { isRegionCode, type RegionClassification, type RegionLink } from '../domain/fieldwork/region-codes';
import type { RegisterFault } from './read-entities';
import { readRegisterFile, type RegisterContent, type RegisterRecord } from './read-register-file';

/** A code as Klass tells it. Days are YYYY-MM-DD; null when an answer does not tell them. */
export interface KlassCode {
  readonly code: string;
  readonly name: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** A municipality and the KOSTRA group that it belongs to. */
export interface KlassGroup {
  readonly municipalityCode: string;
  readonly group: string;
}

/** What an answer of Klass about municipalities or counties holds: codes, or changes of codes. */
export interface KlassRegions {
  readonly codes: readonly KlassCode[];
  readonly changes: readonly RegionLink[];
  readonly faults: readonly RegisterFault[];
}

const codeLists = ['codes', 'codeChanges'];
const correspondenceLists = ['correspondenceItems', 'correspondenceMaps'];
const wrongForm: RegisterFault = { line: 1, column: '', code: 'form', found: '' };
const noRows: RegisterFault = { line: 1, column: '', code: 'empty', found: '' };

/**
 * Reads an answer of Klass about the codes of a classification: codes, codesAt or changes, as JSON or CSV. The code for
 * places that are not told (99, 9999) and codes that began or ended without a neighbour in `changes` are passed over.
 * @param bytes content of the file
 * @param classification municipalities (Klass 131) or counties (Klass 104)
 * @returns codes or changes, or faults
 * @see https://data.ssb.no/api/klass/v1/api-guide.html
 */
export function readKlassRegions(bytes: Uint8Array, classification: RegionClassification): KlassRegions {
  const content = readRegisterFile(bytes, codeLists);
  const kind = content === null ? null : findKind(content);
  if (content === null || kind === null) return { codes: [], changes: [], faults: [wrongForm] };
  const records = content.records.filter((record) => !/^99(99)?$/.test(record.read('code') || record.read('newCode')));
  if (records.length === 0) return { codes: [], changes: [], faults: [noRows] };
  const check = kind === 'codes' ? checkCode : checkChange;
  const faults = records.flatMap((record) => check(record, classification));
  if (faults.length > 0) return { codes: [], changes: [], faults };
  return {
    codes: kind === 'codes' ? records.map(readCode) : [],
    changes: kind === 'changes' ? records.filter(isLink).map(readLink) : [],
    faults: [],
  };
}

function findKind({ list, headings, records }: RegisterContent): 'codes' | 'changes' | null {
  if (list === 'codeChanges' || headings.includes('changeOccurred')) return 'changes';
  if (list === 'codes' || (headings.includes('code') && headings.includes('name'))) return 'codes';
  if (list !== null || headings.length > 0) return null;
  const [first] = records;
  if (first === undefined) return null;
  return first.read('changeOccurred') !== '' ? 'changes' : first.read('code') !== '' ? 'codes' : null;
}

function readCode(record: RegisterRecord): KlassCode {
  return {
    code: record.read('code'),
    name: record.read('name'),
    validFrom: record.read('validFromInRequestedRange') || record.read('validFrom') || null,
    validTo: record.read('validToInRequestedRange') || record.read('validTo') || null,
  };
}

function checkCode(record: RegisterRecord, classification: RegionClassification): RegisterFault[] {
  const { line } = record;
  const { name, validFrom, validTo } = readCode(record);
  return [
    ...checkRegion(record, 'code', classification),
    ...(name === '' ? [{ line, column: 'name', code: 'missing', found: '' } as const] : []),
    ...checkDate(line, 'validFromInRequestedRange', validFrom),
    ...checkDate(line, 'validToInRequestedRange', validTo),
    ...(validFrom !== null && validTo !== null && validTo <= validFrom
      ? [{ line, column: 'validToInRequestedRange', code: 'period', found: validTo } as const]
      : []),
  ];
}

function isLink(record: RegisterRecord): boolean {
  return record.read('oldCode') !== '' && record.read('newCode') !== '';
}

function readLink(record: RegisterRecord): RegionLink {
  return {
    changedOn: record.read('changeOccurred'),
    fromCode: record.read('oldCode'),
    fromName: record.read('oldName'),
    toCode: record.read('newCode'),
    toName: record.read('newName'),
  };
}

function checkChange(record: RegisterRecord, classification: RegionClassification): RegisterFault[] {
  if (!isLink(record)) return [];
  const { line } = record;
  const missing = ['oldName', 'newName', 'changeOccurred'].filter((column) => record.read(column) === '');
  return [
    ...checkRegion(record, 'oldCode', classification),
    ...checkRegion(record, 'newCode', classification),
    ...missing.map((column): RegisterFault => ({ line, column, code: 'missing', found: '' })),
    ...checkDate(line, 'changeOccurred', record.read('changeOccurred') || null),
  ];
}

function checkRegion(record: RegisterRecord, column: string, classification: RegionClassification): RegisterFault[] {
  const found = record.read(column);
  return isRegionCode(classification, found) ? [] : [{ line: record.line, column, code: 'region_code', found }];
}

function checkDate(line: number, column: string, found: string | null): RegisterFault[] {
  return found === null || isDay(found) ? [] : [{ line, column, code: 'date', found }];
}

/**
 * Reads which municipalities belong to which KOSTRA group: the correspondence between Klass 112 and Klass 131 of one day,
 * in either direction, as JSON or CSV.
 * @param bytes content of the file
 * @returns municipalities with their groups, or faults
 */
export function readKostraGroups(bytes: Uint8Array): {
  readonly rows: readonly KlassGroup[];
  readonly faults: readonly RegisterFault[];
} {
  const content = readRegisterFile(bytes, correspondenceLists);
  const isTable = content !== null && content.headings.length > 0;
  if (content === null || (isTable && !content.headings.includes('targetCode')))
    return { rows: [], faults: [wrongForm] };
  if (content.records.length === 0) return { rows: [], faults: [noRows] };
  const isMunicipality = (text: string): boolean => isRegionCode('municipality', text);
  const faults: RegisterFault[] = [];
  const rows = content.records.map((record): KlassGroup => {
    const codes = [record.read('sourceCode'), record.read('targetCode')];
    const municipalityCode = codes.find(isMunicipality) ?? '';
    const group = codes.find((code) => !isMunicipality(code)) ?? '';
    const isSound = municipalityCode !== '' && /^[A-Za-z][A-Za-z0-9]{0,9}$/.test(group);
    if (!isSound)
      faults.push({ line: record.line, column: 'targetCode', code: 'region_code', found: codes.join(', ') });
    return { municipalityCode, group };
  });
  return { rows: faults.length > 0 ? [] : rows, faults };
}
