import type { Context } from '../../context';
import { selectHiddenReasons } from '../../db/release-hidden-reasons';
import type { ReleaseHeader } from '../../db/releases';
import { parseGroupKey } from '../../domain/benchmark/groups';
import type { NamedOrganisation } from '../../domain/benchmark/comparison-view';
import type { HiddenGroup } from '../../domain/benchmark/release-figures';
import type { Group } from '../../domain/benchmark/types';
import { declareLattice } from '../../domain/disclosure/lattice';
import { hiddenReasons, type HiddenReason } from '../../domain/disclosure/types';
import type { ReleaseVisibility } from '../../domain/fieldwork/release-choice';
import type { Codebook } from '../../domain/instrument/codebook';
import type { LocalisedText } from '../../domain/languages';
import { can, type Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { installation, requireRight } from '../authorise';

/** Groups of one indicator that are hidden for the same reason, in the order of the lattice. */
export interface HiddenFor {
  readonly reason: HiddenReason;
  readonly groups: readonly Group[];
}

/** What of one edition of a release is hidden, and why. */
export interface HiddenFigures {
  readonly release: ReleaseHeader;
  /** Pairs of indicator and group, shown or hidden. */
  readonly cells: number;
  /** Of these hidden, by reason; reasons that do not occur are left out. */
  readonly counts: readonly { readonly reason: HiddenReason; readonly count: number }[];
  /** In the codebook's order, with how many groups each has. */
  readonly indicators: readonly {
    readonly id: string;
    readonly label: LocalisedText;
    readonly groups: number;
    readonly hidden: readonly HiddenFor[];
  }[];
}

export interface HiddenFiguresPage {
  readonly wave: { readonly key: string; readonly period: string };
  readonly network: { readonly id: string; readonly name: string; readonly isDemo: boolean };
  readonly organisations: readonly NamedOrganisation[];
  /** Editions of the newest release; empty before the wave is released. */
  readonly editions: readonly ReleaseVisibility[];
  /** Null before the wave is released. */
  readonly hidden: HiddenFigures | null;
}

/**
 * Reads why figures of the newest release of a wave are hidden. Reasons tell of answers, so nobody but administrators
 * learns that there is anything to read.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, and the edition
 * @throws AppError sign_in_needed; not_found for everybody but administrators, and for a wave or edition that is not there
 */
export async function readHiddenFigures(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly edition: ReleaseVisibility },
): Promise<HiddenFiguresPage> {
  if (actor.kind === 'anonymous') requireRight(actor, 'administer installation', installation);
  if (!can(actor, 'administer installation', installation)) throw new AppError('not_found');
  const known = await context.results.load(context.db, input.waveKey);
  if (known === null) throw new AppError('not_found');
  const { wave, release, publicRelease } = known;
  const editions = [release, publicRelease].flatMap((one) => one ?? []);
  const chosen = editions.find(({ audience }) => audience === input.edition);
  if (chosen === undefined && (editions.length > 0 || input.edition === 'public')) throw new AppError('not_found');
  const { codebook } = await context.instruments.load(context.db, wave.instrumentVersionId);
  return {
    wave: { key: wave.key, period: wave.period },
    network: wave.network,
    organisations: wave.organisations.map(({ key, name }) => ({ key, name })),
    editions: editions.map(({ audience }) => audience),
    hidden: chosen === undefined ? null : arrange(chosen, codebook, await selectHiddenReasons(context.db, chosen.id)),
  };
}

function arrange(release: ReleaseHeader, codebook: Codebook, rows: readonly HiddenGroup[]): HiddenFigures {
  const lattice = declareLattice(release.lattice);
  const reasons = new Map(rows.map(({ indicator, group, reason }) => [`${indicator}/${group}`, reason]));
  const count = (reason: HiddenReason): number => rows.filter((row) => row.reason === reason).length;
  return {
    release,
    cells: codebook.indicators.length * lattice.length,
    counts: hiddenReasons.map((reason) => ({ reason, count: count(reason) })).filter((one) => one.count > 0),
    indicators: codebook.indicators.map(({ id, label }) => ({
      id,
      label,
      groups: lattice.length,
      hidden: hiddenReasons
        .map((reason): HiddenFor => {
          const keys = lattice.filter(({ key }) => reasons.get(`${id}/${key}`) === reason);
          return { reason, groups: keys.flatMap(({ key }) => parseGroupKey(key) ?? []) };
        })
        .filter(({ groups }) => groups.length > 0),
    })),
  };
}
