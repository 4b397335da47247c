import type { GroupKey } from '../benchmark/types';
import { listAuditBlocks, type AuditBlock } from './audit-block';
import { startLinearAttack, type Obstacles } from './audit-bounds';
import { isFoundByCounts } from './audit-counts';
import { describeOption, type AskedAfter } from './audit-option';
import { findBestMend, findTwins, listMends, type Mend, type MendState, type Twins } from './audit-mends';
import { isPrinted, type Printing } from './audit-rows';
import { listWishes, printLess, type AttackedOption, type Suspicion } from './audit-suspicion';
import { resolveGroups, type GroupSet } from './respondent-sets';
import type { MaskInput } from './types';

export interface AuditInput extends MaskInput {
  /** Groups that the mask shows. */
  readonly published: ReadonlySet<GroupKey>;
  /** Groups that are printed coarsely whatever is found. */
  readonly coarse: ReadonlySet<GroupKey>;
  /** Respondents per atom. */
  readonly respondents: readonly number[];
  /** Whether everybody was asked; else who was asked in a cell is only known where all were. */
  readonly isAskedOfAll: boolean;
  readonly followUps: readonly AskedAfter[];
}

/**
 * Attacks the printed figures of one indicator and says what must be printed coarsely or hidden until nothing is found
 * (statistics.md 2.4 R5, 2.5). The attacker is given every weight and the number of valid answers of every cell, reads
 * every printed per cent and the bases of follow-up questions, and asks which other answers would give the
 * same: whole counts within an organisation, and any counts in the whole network. Where there are none for a set of fewer
 * than k, it is found. Peer groups are attacked after everything else, and then only they are told less: nothing else is for
 * their sake.
 * @param input answers, lattice and mask of the indicator.
 * @returns groups to print coarsely and groups to hide.
 */
export function auditAnswers(input: AuditInput): Printing {
  const plain = input.groups.filter(({ peers }) => peers === null);
  const start: Printing = { coarse: input.coarse, refused: new Set() };
  const first = attackGroups({ ...input, groups: plain }, start, () => true);
  const peers = input.groups.filter((group) => group.peers !== null && input.published.has(group.key));
  if (peers.length === 0) return first;
  const keys = new Set(peers.map(({ key }) => key));
  return attackGroups(input, first, (key) => keys.has(key));
}

/** Attacks what is printed of some groups until nothing is found, or what may be told less is used up. */
function attackGroups(input: AuditInput, start: Printing, canMend: MendState['canMend']): Printing {
  const kept = input.atoms.flatMap(({ validCount }, at) => (validCount > 0 ? [at] : []));
  const atoms = kept.flatMap((at) => input.atoms[at] ?? []);
  const sets = resolveGroups(input.groups, atoms);
  const published = sets.filter(({ group }) => input.published.has(group.key));
  const pick = <T>(values: readonly T[]): readonly T[] => kept.flatMap((at) => values[at] ?? []);
  const followUps = input.followUps.map((one) => {
    return { ...one, valid: pick(one.valid), isCounted: pick(one.isCounted) };
  });
  const options = (atoms[0]?.optionCounts ?? []).map((_, option, all): AttackedOption => ({
    published,
    answers: describeOption({ atoms, published, followUps, option }),
    isOpinion: input.sensitivity === 1,
    isOnly: all.length === 1,
    moves: [],
    known: { refusedCount: 0, rules: [] },
  }));
  const blocks = listAuditBlocks({
    atoms,
    sets,
    published: input.published,
    minimumCellSize: input.policy.minimumCellSize,
    isCountKnown: findKnownCounts(input, kept, published),
  });
  const twins = findTwins(published);
  const audit = { published, blocks, options, twins, canMend };
  return hideRests(mendAll(audit, printTwinsAlike(start, twins, canMend)), published);
}

/** Groups that came later are printed as those of the same respondents that are settled already. */
function printTwinsAlike({ coarse, refused }: Printing, twins: Twins, canMend: MendState['canMend']): Printing {
  const later = (isLike: (settled: readonly GroupKey[]) => boolean): readonly GroupKey[] =>
    [...twins.values()].flatMap((alike) => {
      const settled = alike.filter((key) => !canMend(key));
      return settled.length > 0 && isLike(settled) ? alike.filter(canMend) : [];
    });
  return {
    coarse: new Set([...coarse, ...later((settled) => settled.some((key) => coarse.has(key)))]),
    refused: new Set([...refused, ...later((settled) => settled.every((key) => refused.has(key)))]),
  };
}

/** A hidden group takes the network without its organisation with it. */
function hideRests(printing: Printing, published: readonly GroupSet[]): Printing {
  const hidden = published.filter(({ group }) => !isPrinted(group, printing));
  return { ...printing, refused: new Set(hidden.map(({ group }) => group.key)) };
}

/** Where as many answered as are respondents of a published group, everybody in each of its cells was asked. */
function findKnownCounts(
  { respondents, isAskedOfAll }: AuditInput,
  kept: readonly number[],
  published: readonly GroupSet[],
): (column: number) => boolean {
  const known = new Set<number>();
  for (const { columns, count } of published) {
    const all = columns.reduce((sum, column) => sum + (respondents[kept[column] ?? -1] ?? 0), 0);
    if (all === count) for (const column of columns) known.add(column);
  }
  return (column) => isAskedOfAll || known.has(column);
}

interface Audit {
  readonly published: readonly GroupSet[];
  readonly blocks: readonly AuditBlock[];
  readonly options: readonly AttackedOption[];
  readonly twins: Twins;
  readonly canMend: MendState['canMend'];
}

/**
 * First everything is attacked by counts, block by block, then what is left by linear bounds. What is told less of one
 * organisation may need to be told less of another too: until nothing changes any more.
 */
function mendAll(audit: Audit, start: Printing): Printing {
  let printing = start;
  for (;;) {
    const before = printing;
    for (const mend of [mendByCounts, mendByBounds]) {
      for (const block of audit.blocks) {
        for (const option of audit.options) printing = mend(audit, block, { option, printing });
      }
    }
    if (printing === before) return printing;
  }
}

interface Attacked {
  readonly option: AttackedOption;
  readonly printing: Printing;
}

function listSuspicions(block: AuditBlock, { option, printing }: Attacked): readonly Suspicion[] {
  return block.targets
    .map((target) => ({ block, option, target, wishes: listWishes(option, target, printing) }))
    .filter(({ wishes }) => wishes.length > 0);
}

function mendByCounts(audit: Audit, block: AuditBlock, attacked: Attacked): Printing {
  let { printing } = attacked;
  for (const suspicion of listSuspicions(block, attacked)) {
    while (isFoundByCounts(suspicion, printing)) {
      const tiers = listMends(block, suspicion.target, { ...audit, printing });
      const chosen = chooseMends(suspicion, printing, tiers);
      const mends = chosen.length > 0 ? chosen : hidePeers(audit, printing);
      if (mends.length === 0) break;
      printing = printLess(printing, mends);
    }
  }
  return printing;
}

function mendByBounds(audit: Audit, block: AuditBlock, attacked: Attacked): Printing {
  const { option } = attacked;
  let { printing } = attacked;
  let attack = startLinearAttack(option, printing);
  for (const suspicion of listSuspicions(block, attacked)) {
    for (;;) {
      const obstacles = attack.findObstacles(suspicion);
      const mend = obstacles === null ? null : chooseMend(audit, suspicion, { printing, obstacles });
      if (mend === null) break;
      printing = printLess(printing, [mend]);
      attack = startLinearAttack(option, printing);
    }
  }
  return printing;
}

function chooseMend(
  audit: Audit,
  { block, target, option }: Suspicion,
  { printing, obstacles }: { readonly printing: Printing; readonly obstacles: Obstacles },
): Mend | null {
  const blamed = audit.published.flatMap((set) => {
    const rate = obstacles.get(set.group.key);
    return rate === undefined ? [] : [{ set, rate }];
  });
  const own = new Set(target.columns.map((column) => option.answers.atoms[column]?.organisation ?? ''));
  const mends = listMends(block, target, { ...audit, printing }).flat();
  const best = findBestMend(blamed, { ...audit, printing, own }) ?? mends.find(({ isCoarse }) => !isCoarse);
  return best ?? hidePeers(audit, printing)[0] ?? null;
}

/** Where nothing near it helps, the last peer group goes: without any, everything has been attacked before. */
function hidePeers({ published, twins, canMend }: Audit, printing: Printing): readonly Mend[] {
  const last = published.findLast(({ group, columns }) => {
    return group.peers !== null && isPrinted(group, printing) && (twins.get(columns.join()) ?? []).every(canMend);
  });
  return last === undefined ? [] : [{ keys: twins.get(last.columns.join()) ?? [last.group.key], isCoarse: false }];
}

/** Those of least loss that help, without those that turn out not to be needed; all when nothing helps. */
function chooseMends(suspicion: Suspicion, printing: Printing, tiers: readonly (readonly Mend[])[]): readonly Mend[] {
  const helps = (chosen: readonly Mend[]): boolean => !isFoundByCounts(suspicion, printLess(printing, chosen));
  let before: readonly Mend[] = [];
  for (const tier of tiers) {
    const all = [...before, ...tier];
    if (tier.length > 0 && helps(all)) {
      const single = tier.find((mend) => helps([mend]));
      return single === undefined ? leaveOut(all, helps) : [single];
    }
    before = all;
  }
  return before;
}

/** The first ones that help together, those of greatest loss left out first. */
function leaveOut(mends: readonly Mend[], helps: (chosen: readonly Mend[]) => boolean): readonly Mend[] {
  const enough = mends.findIndex((_, last) => helps(mends.slice(0, last + 1)));
  let chosen = mends.slice(0, enough + 1);
  for (const mend of [...chosen].reverse()) {
    const fewer = chosen.filter((one) => one !== mend);
    if (helps(fewer)) chosen = fewer;
  }
  return chosen;
}
