import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Context } from '../../context';
import { selectReleaseEstimates } from '../../db/release-figures';
import type { ReleaseHeader } from '../../db/releases';
import { findBaseLabel } from '../../domain/benchmark/comparison-view';
import { listHeadlineOptions } from '../../domain/benchmark/headline-options';
import { createGroup } from '../../domain/benchmark/groups';
import { roundEstimate } from '../../domain/benchmark/shown-figures';
import { buildSpread, type Spread } from '../../domain/benchmark/spread-view';
import { suppressed } from '../../domain/disclosure/publishable';
import type { Codebook } from '../../domain/instrument/codebook';
import type { LocalisedText } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { isOrganisationVisible, loadResults, type Results } from '../load-results';

/** One figure that can be chosen. */
export interface SpreadChoice {
  readonly indicator: string;
  readonly option: string;
  readonly indicatorLabel: LocalisedText;
  readonly optionLabel: LocalisedText;
}

/** How the members of a network lie around it in one figure; printed figures only. */
export interface SpreadPage {
  readonly wave: { readonly key: string; readonly period: string };
  readonly network: { readonly name: string; readonly isDemo: boolean };
  readonly isPublic: boolean;
  readonly heldBackUntil: Date | null;
  readonly release: Pick<ReleaseHeader, 'number' | 'releasedAt' | 'reason'>;
  readonly chosen: SpreadChoice & { readonly baseLabel: LocalisedText };
  readonly choices: readonly SpreadChoice[];
  readonly spread: Spread;
}

/** A spread that somebody may see, not yet read. */
export interface FoundSpread {
  /** Two that are equal stand for pages with equal content, whoever asks. */
  readonly identity: string;
  readonly read: () => Promise<SpreadPage>;
}

/**
 * Finds how the members of a network lie around it in one figure, for somebody who may see every member.
 * @param context the process' context
 * @param actor who asks
 * @param input wave and figure; without a figure the first one of the instrument's default theme
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, release_missing, or not_found for a figure that is not
 *   there and for those who may not see every member
 */
export async function findSpread(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly indicator?: string | undefined; readonly option?: string | undefined },
): Promise<FoundSpread> {
  const results = await loadResults(context, actor, { waveKey: input.waveKey, action: 'see results' });
  const { wave, release, codebook } = results;
  if (!wave.organisations.every(({ id }) => isOrganisationVisible(actor, results, id))) throw new AppError('not_found');
  const choices = listChoices(codebook);
  const chosen =
    input.indicator === undefined
      ? choices[0]
      : choices.find(({ indicator, option }) => indicator === input.indicator && option === input.option);
  if (chosen === undefined) throw new AppError('not_found');
  return {
    identity: JSON.stringify([
      'spread',
      wave.fingerprint,
      release.id,
      results.heldBackUntil,
      chosen.indicator,
      chosen.option,
    ]),
    read: () => readSpread(context, results, { chosen, choices }),
  };
}

/** Headline figures, those of the default theme first. */
function listChoices(codebook: Codebook): readonly SpreadChoice[] {
  const isFirst = ({ themes }: Codebook['indicators'][number]): boolean => themes.includes(codebook.defaultTheme);
  const ordered = [
    ...codebook.indicators.filter(isFirst),
    ...codebook.indicators.filter((indicator) => !isFirst(indicator)),
  ];
  return ordered.flatMap((indicator) =>
    listHeadlineOptions(indicator).map(({ id, label }) => ({
      indicator: indicator.id,
      option: id,
      indicatorLabel: indicator.label,
      optionLabel: label,
    })),
  );
}

async function readSpread(
  context: Context,
  { wave, release, codebook, heldBackUntil }: Results,
  { chosen, choices }: { readonly chosen: SpreadChoice; readonly choices: readonly SpreadChoice[] },
): Promise<SpreadPage> {
  const network = createGroup({}).key;
  const members = wave.organisations
    .filter(({ key }) => release.lattice.organisations.includes(key))
    .map(({ key, name }) => ({ organisation: { key, name }, group: createGroup({ organisation: key }).key }));
  const rows = await selectReleaseEstimates(context.db, {
    releaseId: release.id,
    groups: [network, ...members.map(({ group }) => group)],
    indicators: [chosen.indicator],
  });
  const printed = new Map(
    rows.filter(({ option }) => option === chosen.option).map((row) => [row.group, roundEstimate(row.estimate)]),
  );
  const indicator = codebook.indicators.find(({ id }) => id === chosen.indicator);
  return {
    wave: { key: wave.key, period: wave.period },
    network: { name: wave.network.name, isDemo: wave.network.isDemo },
    isPublic: release.audience === 'public',
    heldBackUntil,
    release: { number: release.number, releasedAt: release.releasedAt, reason: release.reason },
    chosen: {
      ...chosen,
      baseLabel: indicator === undefined ? chosen.indicatorLabel : findBaseLabel(codebook, indicator),
    },
    choices,
    spread: buildSpread({
      network: printed.get(network) ?? suppressed,
      members: members.map(({ organisation, group }) => ({
        organisation,
        estimate: printed.get(group) ?? suppressed,
      })),
      isOpenNetwork: release.policy.isOpenNetwork,
      random: createDraws(release.inputSha256),
    }),
  };
}

const seedDigits = 8;
const hexadecimal = 16;

/** The same draws for the same release, so that a rank never changes by itself. */
function createDraws(sha256: string): () => number {
  const generator = xoroshiro128plus(Number.parseInt(sha256.slice(0, seedDigits), hexadecimal) | 0);
  return () => {
    let drawn = uniformFloat64(generator);
    while (drawn === 0) drawn = uniformFloat64(generator);
    return drawn;
  };
}
