import { isOrganisationNumber } from '../domain/fieldwork/organisation-number';
import { readRegisterFile, type RegisterContent, type RegisterRecord } from './read-register-file';

/** Something in a register's file that is not as documented. */
export interface RegisterFault {
  readonly line: number;
  /** Field of the entry; empty for the whole file. */
  readonly column: string;
  readonly code: 'form' | 'missing' | 'orgnr' | 'region_code' | 'date' | 'period' | 'empty';
  readonly found: string;
}

/** What was read, or every fault; with faults nothing of the file may be used. */
export interface RegisterRead<Row> {
  readonly rows: readonly Row[];
  readonly faults: readonly RegisterFault[];
  readonly page: RegisterContent['page'];
}

/** A main unit of Enhetsregisteret. */
export interface RegisterEntity {
  readonly orgnr: string;
  /** As registered: capital letters. */
  readonly name: string;
  /** Code of the legal form, such as KOMM (municipality) or FYLK (county). */
  readonly form: string;
  /** Municipal code of the business address; empty when it is not told. */
  readonly municipalityCode: string;
}

/** A sub-unit of Enhetsregisteret: one business at one place, belonging to a main unit. */
export interface RegisterSubUnit {
  readonly orgnr: string;
  readonly name: string;
  readonly parentOrgnr: string;
  /** Registered employees; null when the register does not tell. */
  readonly employees: number | null;
  /** Industry code (SN), such as 85.201; empty when it is not told. */
  readonly industry: string;
  readonly municipalityCode: string;
}

/**
 * Reads units of Enhetsregisteret: the answer of /enheter, or the downloaded file (JSON or CSV). Fields that are not
 * needed are passed over, and so are deleted units.
 * @param bytes content of the file
 * @returns units in the order of the file, or faults
 * @see https://data.brreg.no/enhetsregisteret/api/dokumentasjon/no/index.html
 */
export function readEntities(bytes: Uint8Array): RegisterRead<RegisterEntity> {
  return readUnits(bytes, 'enheter', (record) => ({
    orgnr: record.read('organisasjonsnummer'),
    name: record.read('navn'),
    form: record.read('organisasjonsform.kode') || record.read('orgform.kode'),
    municipalityCode: record.read('forretningsadresse.kommunenummer'),
  }));
}

/**
 * Reads sub-units of Enhetsregisteret: the answer of /underenheter, or the downloaded file (JSON or CSV).
 * @param bytes content of the file
 * @returns sub-units in the order of the file, or faults
 * @see https://data.brreg.no/enhetsregisteret/api/dokumentasjon/no/index.html
 */
export function readSubUnits(bytes: Uint8Array): RegisterRead<RegisterSubUnit> {
  return readUnits(bytes, 'underenheter', (record) => {
    const employees = record.read('antallAnsatte');
    const isTold = record.read('harRegistrertAntallAnsatte') !== 'false' && /^\d+$/.test(employees);
    return {
      orgnr: record.read('organisasjonsnummer'),
      name: record.read('navn'),
      parentOrgnr: record.read('overordnetEnhet'),
      employees: isTold ? Number(employees) : null,
      industry: record.read('naeringskode1.kode'),
      municipalityCode: record.read('beliggenhetsadresse.kommunenummer'),
    };
  });
}

function readUnits<Unit extends { readonly orgnr: string; readonly name: string }>(
  bytes: Uint8Array,
  list: 'enheter' | 'underenheter',
  readUnit: (record: RegisterRecord) => Unit,
): RegisterRead<Unit> {
  const content = readRegisterFile(bytes, [list]);
  const isTable = content !== null && content.headings.length > 0;
  if (content === null || (isTable && !content.headings.includes('organisasjonsnummer'))) {
    return { rows: [], faults: [{ line: 1, column: '', code: 'form', found: '' }], page: null };
  }
  const needed = ['orgnr', 'name', ...(list === 'underenheter' ? ['parentOrgnr'] : ['form'])];
  const living = content.records.filter((record) => record.read('slettedato') === '');
  const read = living.map((record) => ({ line: record.line, unit: readUnit(record) }));
  const faults = read.flatMap(({ line, unit }) => checkUnit(line, unit, needed));
  if (read.length === 0) faults.push({ line: 1, column: '', code: 'empty', found: '' });
  return { rows: faults.length > 0 ? [] : read.map(({ unit }) => unit), faults, page: content.page };
}

const fieldNames: Readonly<Record<string, string>> = {
  orgnr: 'organisasjonsnummer',
  name: 'navn',
  form: 'organisasjonsform.kode',
  parentOrgnr: 'overordnetEnhet',
};

function checkUnit(line: number, unit: object, needed: readonly string[]): RegisterFault[] {
  return needed.flatMap((name): RegisterFault[] => {
    const found = String(Reflect.get(unit, name));
    const column = fieldNames[name] ?? name;
    if (found === '') return [{ line, column, code: 'missing', found }];
    const isNumber = name === 'orgnr' || name === 'parentOrgnr';
    return isNumber && !isOrganisationNumber(found) ? [{ line, column, code: 'orgnr', found }] : [];
  });
}
