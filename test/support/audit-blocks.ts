import fc from 'fast-check';
import { listAuditBlocks, type AuditBlock } from '../../src/domain/disclosure/audit-block';
import { describeOption, type AskedAfter } from '../../src/domain/disclosure/audit-option';
import type { OptionAnswers, Printing } from '../../src/domain/disclosure/audit-rows';
import type { AttackedOption } from '../../src/domain/disclosure/audit-suspicion';
import { declareLattice } from '../../src/domain/disclosure/lattice';
import { printedPercent } from '../../src/domain/disclosure/printed-share';
import { resolveGroups, type GroupSet } from '../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../src/domain/disclosure/types';
import { sharesPrintedAs } from './attacker/knowledge';
import { attackFirst, printAs } from './audit-options';
import { setsOf } from './disclosure-networks';

/** What is true of the first option where some groups are printed. */
export function answersOf(
  atoms: readonly Atom[],
  keys: readonly string[],
  followUps: readonly AskedAfter[] = [],
): OptionAnswers {
  return describeOption({ atoms, published: setsOf(atoms, keys), followUps, option: 0 });
}

/** An attack that has found nothing yet, on a fact that is one of several options. */
export function attackOn(
  answers: OptionAnswers,
  keys: readonly string[],
  kind: Partial<Pick<AttackedOption, 'isOpinion' | 'isOnly'>> = {},
): AttackedOption {
  return attackFirst(answers.atoms, setsOf(answers.atoms, keys), { answers, ...kind });
}

/** What an attacker looks at to learn about one organisation, every cell of which is to be protected. */
export function blockOf(organisation: string, atoms: readonly Atom[], keys: readonly string[]): AuditBlock {
  const columns = [...atoms.keys()].filter((column) => atoms[column]!.organisation === organisation);
  return listAuditBlocks({
    atoms,
    sets: setsOf(atoms, keys),
    published: new Set(keys),
    minimumCellSize: Infinity,
    isCountKnown: () => true,
  }).find((block) => block.columns[0] === columns[0])!;
}

/** Whether somebody sees a group: without an organisation that is hidden, totals are hidden too. */
export function isSeen(key: string, { refused }: Printing): boolean {
  return !refused.has(key) && !refused.has(key.replace(/^(?:peers=\w+;)?rest=/u, 'organisation='));
}

/** What would be rounded up lies just beyond the upper limit. */
const justBelow = 1e-8;

/** Between what limits, both included, the attacker reads the weighted sum of those who gave the option in a group. */
export function readSum(
  { columns, count, group: { key } }: GroupSet,
  { atoms, printing: told }: Pick<PrintedNetwork, 'atoms' | 'printing'>,
): { readonly low: number; readonly high: number } {
  const weigh = (of: (atom: Atom) => number): number =>
    columns.reduce((sum, column) => sum + (atoms[column]!.weight ?? 1) * of(atoms[column]!), 0);
  const weight = weigh(({ validCount }) => validCount);
  const isCoarse = told.coarse.has(key);
  const percent = printedPercent(weigh(({ optionCounts }) => optionCounts[0]!) / weight, count, isCoarse);
  const [low, high] = sharesPrintedAs({ indicator: '', option: '', group: key, n: count, percent, isCoarse });
  return { low: Math.max(0, (low * weight) / 100), high: Math.min(weight, (high * weight) / 100 - justBelow) };
}

/** A network with what is printed of it, and how. */
export interface PrintedNetwork {
  readonly atoms: readonly Atom[];
  readonly keys: readonly string[];
  readonly printing: Printing;
}

/** Networks so small that all counts can be tried; the last two organisations are a peer group. */
export function tinyNetworks(
  organisations: readonly string[],
  sectors: readonly string[],
): fc.Arbitrary<PrintedNetwork> {
  const peers = organisations.slice(-2);
  const lattice = declareLattice({ organisations, sectors, sizes: [], peers: [{ code: 'coast', members: peers }] });
  const cells = organisations.flatMap((organisation) => sectors.map((sector) => ({ organisation, sector })));
  const draw = fc.record({
    validCount: fc.integer({ min: 0, max: 3 }),
    given: fc.nat({ max: 3 }),
    weight: fc.constantFrom(1, 1.5, 2.25),
  });
  return fc
    .array(draw, { minLength: cells.length, maxLength: cells.length })
    .map((draws) =>
      cells.flatMap(({ organisation, sector }, at): Atom[] => {
        const { validCount, given, weight } = draws[at]!;
        const codes = peers.includes(organisation) ? ['coast'] : [];
        const optionCounts = [Math.min(given, validCount)];
        if (validCount === 0) return [];
        return [{ organisation, sector, size: null, peers: codes, validCount, optionCounts, weight }];
      }),
    )
    .chain((atoms) => {
      const full = resolveGroups(lattice, atoms).filter(({ count }) => count > 0);
      const some = fc.subarray(full.map(({ group }) => group.key));
      return fc.record({
        atoms: fc.constant(atoms),
        keys: some,
        printing: fc.record({ coarse: some, refused: some }).map(printAs),
      });
    });
}
