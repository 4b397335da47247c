import { findCodeAt, type RegionClassification, type RegionCode } from './region-codes';
import type { Difference } from './merge-regions';

/** A main unit of Enhetsregisteret as far as it is needed here. */
export interface EntityFacts {
  readonly orgnr: string;
  readonly name: string;
  /** Legal form: KOMM, FYLK or another. */
  readonly form: string;
  readonly municipalityCode: string;
}

/** An organisation of the installation. */
export interface KnownOrganisation {
  readonly key: string;
  readonly name: string;
  readonly orgnr: string;
  readonly kind: 'municipality' | 'county' | 'other';
  readonly regionCode: string | null;
  readonly regionCodeOn: string | null;
}

/** What the register's units are compared with. */
export interface EntityComparison {
  readonly known: readonly KnownOrganisation[];
  /** Codes of municipalities and counties; empty when they have not been imported. */
  readonly codes: Readonly<Record<RegionClassification, readonly RegionCode[]>>;
  /** The day on which the register said so. */
  readonly today: string;
  /** Set when units that the installation does not know are passed over. */
  readonly isOnlyKnown: boolean;
}

/** What an import of units would change, and how many units are neither municipalities, counties nor known. */
export interface EntityDifference extends Difference<KnownOrganisation> {
  readonly leftOut: number;
}

const kinds: Readonly<Record<string, 'municipality' | 'county'>> = { KOMM: 'municipality', FYLK: 'county' };
const longestKey = 40;
const longestName = 200;

/**
 * Compares units of Enhetsregisteret with the organisations of the installation. Municipalities and counties that are not
 * known become organisations; those that are known get kind and code and keep the name that was chosen for them.
 * @param entities units of the register
 * @param comparison what they are compared with
 * @returns what would be added and changed
 */
export function compareEntities(entities: readonly EntityFacts[], comparison: EntityComparison): EntityDifference {
  const { known, isOnlyKnown } = comparison;
  const byNumber = new Map(known.map((organisation) => [organisation.orgnr, organisation]));
  const taken = new Set(known.map(({ key }) => key));
  const added: KnownOrganisation[] = [];
  const changed: { before: KnownOrganisation; after: KnownOrganisation }[] = [];
  let unchanged = 0;
  let leftOut = 0;
  for (const entity of entities) {
    const kind = kinds[entity.form];
    const before = byNumber.get(entity.orgnr);
    if (kind === undefined || (before === undefined && isOnlyKnown)) {
      leftOut += 1;
    } else if (before === undefined) {
      const organisation = createOrganisation({ ...entity, kind }, comparison, taken);
      taken.add(organisation.key);
      byNumber.set(entity.orgnr, organisation);
      added.push(organisation);
    } else if (!added.includes(before)) {
      const code = findCode({ ...entity, kind }, comparison);
      const isSame = before.kind === kind && (code === null || code === before.regionCode);
      const region = code === null ? noRegion : { regionCode: code, regionCodeOn: comparison.today };
      if (isSame) unchanged += 1;
      else changed.push({ before, after: { ...before, kind, ...region } });
    }
  }
  return { added, changed, unchanged, leftOut };
}

const noRegion = { regionCode: null, regionCodeOn: null };

type PublicBody = EntityFacts & { readonly kind: 'municipality' | 'county' };

function createOrganisation(
  entity: PublicBody,
  comparison: EntityComparison,
  taken: ReadonlySet<string>,
): KnownOrganisation {
  const { orgnr, kind } = entity;
  const regionCode = findCode(entity, comparison);
  return {
    key: createKey(entity.name, { taken, suffix: regionCode ?? orgnr }),
    name: writeEntityName(entity.name).slice(0, longestName),
    orgnr,
    kind,
    regionCode,
    regionCodeOn: regionCode === null ? null : comparison.today,
  };
}

/** The seat of a county may lie in another one, so that counties are found by their names. */
function findCode({ kind, name, municipalityCode }: PublicBody, { codes, today }: EntityComparison): string | null {
  if (kind === 'county') {
    const plain = name.toLowerCase().replace(/\s*fylkeskommune\b.*$/, '');
    const found = codes.county.filter(
      (each) => findCodeAt([each], { code: each.code, date: today }) !== null && listNames(each.name).includes(plain),
    );
    return found.length === 1 ? (found[0]?.code ?? null) : null;
  }
  if (!/^\d{4}$/.test(municipalityCode)) return null;
  const isPlausible =
    codes.municipality.length === 0 || findCodeAt(codes.municipality, { code: municipalityCode, date: today }) !== null;
  return isPlausible ? municipalityCode : null;
}

/** Places with several official names stand as "Oslo - Oslove". */
function listNames(name: string): readonly string[] {
  return name.toLowerCase().split(' - ');
}

const smallWords = new Set(['og', 'i', 'på', 'kommune', 'fylkeskommune', 'suohkan', 'tjïelte', 'gielda']);

/**
 * Writes a registered name, which is in capital letters, as it is written elsewhere.
 * @param name such as "NORDRE FOLLO KOMMUNE"
 * @returns such as "Nordre Follo kommune"
 */
export function writeEntityName(name: string): string {
  if (name !== name.toUpperCase()) return name;
  return name
    .toLowerCase()
    .split(' ')
    .map((word, index) => (index > 0 && smallWords.has(word) ? word : word.replace(/(^|[-(/])\p{L}/gu, raise)))
    .join(' ');
}

function raise(letter: string): string {
  return letter.toUpperCase();
}

function createKey(
  name: string,
  { taken, suffix }: { readonly taken: ReadonlySet<string>; readonly suffix: string },
): string {
  const plain = name
    .toLowerCase()
    .replace(/\s*\b(?:fylkes)?kommune\b/g, '')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('å', 'a')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  const base = (plain === '' ? 'organisasjon' : plain).slice(0, longestKey - suffix.length - 1).replace(/-+$/, '');
  const key = plain.length <= longestKey && plain !== '' ? plain : base;
  return taken.has(key) ? `${base}-${suffix}` : key;
}
