import type { Context } from '../../context';
import { selectOptionalDemoNetworkId } from '../../db/demo';
import { selectOpenInstruments } from '../../db/instruments';
import { selectPublicReleases, type PublicRelease } from '../../db/public-releases';
import { isHeldBack } from '../../domain/fieldwork/release-choice';
import type { LocalisedText } from '../../domain/languages';

/** A wave whose figures everybody may see now. */
export interface ShownRelease extends Pick<PublicRelease, 'waveKey' | 'period' | 'networkName' | 'isDemo'> {
  readonly instrumentTitle: LocalisedText;
  /** When everybody could first see it. */
  readonly publishedAt: Date;
}

/** What the front page tells of this installation. */
export interface Front {
  readonly isDemo: boolean;
  /** How long answering takes in the waves that are open now; null when none is. */
  readonly minutes: { readonly from: number; readonly to: number } | null;
  /** Newest first. */
  readonly releases: readonly ShownRelease[];
}

/**
 * Reads what the front page tells.
 * @param context the process' context
 */
export async function readFront(context: Context): Promise<Front> {
  const [demoNetworkId, versions, releases] = await Promise.all([
    selectOptionalDemoNetworkId(context.db),
    selectOpenInstruments(context.db),
    selectPublicReleases(context.db),
  ]);
  const open = await Promise.all(versions.map((versionId) => context.instruments.load(context.db, versionId)));
  const minutes = open.map(({ codebook }) => codebook.minutes);
  return {
    isDemo: demoNetworkId !== null,
    releases: await Promise.all(
      releases
        .filter(({ embargoUntil }) => !isHeldBack(embargoUntil, context.now()))
        .map((release) => describeRelease(context, release)),
    ),
    minutes:
      minutes.length === 0
        ? null
        : { from: Math.min(...minutes.map(({ from }) => from)), to: Math.max(...minutes.map(({ to }) => to)) },
  };
}

async function describeRelease(context: Context, release: PublicRelease): Promise<ShownRelease> {
  const { waveKey, period, networkName, isDemo, instrumentVersionId, releasedAt, embargoUntil } = release;
  const { title } = await context.instruments.load(context.db, instrumentVersionId);
  return { waveKey, period, networkName, isDemo, instrumentTitle: title, publishedAt: embargoUntil ?? releasedAt };
}
