import { longestCorrectionReason } from '../../../domain/fieldwork/read-correction';
import type { Releases } from '../../../usecases/coordinator/read-releases';
import type { Words } from '../results/words';
import { formatMoment, type ReleasePanel } from './release-panel';

/** What the page of a released wave shows of its releases, and the form to correct the newest one. */
export interface CorrectionsView {
  readonly releases: readonly {
    readonly name: string;
    readonly time: string;
    readonly who: string;
    /** Who sees it, in words. */
    readonly audience: string;
    /** Null: the first release. */
    readonly reason: string | null;
    readonly isNewest: boolean;
  }[];
  /** Why nothing more is released; null when a correction can be asked for. */
  readonly stopped: string | null;
  /** Null while something is under way, and when nothing more is released. */
  readonly form: {
    readonly action: string;
    /** Number of the newest release. */
    readonly release: number;
    readonly mostReason: number;
    readonly panel: ReleasePanel;
  } | null;
}

/**
 * Makes the part of the page that lists releases and corrects the newest.
 * @param waveKey key of the wave
 * @param found its releases, whether its answers are still the same, and the form unless something is under way
 * @param words words of the reader's language
 */
export function createCorrections(
  waveKey: string,
  { releases, hasSameAnswers, panel }: Releases & { readonly panel: ReleasePanel | null },
  words: Words,
): CorrectionsView {
  const [newest] = releases;
  const canCorrect = hasSameAnswers && newest !== undefined && panel !== null;
  return {
    releases: releases.map((release) => ({
      name: words.t('correction.list.name', { number: release.number }),
      time: formatMoment(release.releasedAt, words),
      who: release.actorName ?? words.t('events.installation'),
      audience: words.t(release.isPublic ? 'correction.list.public' : 'correction.list.network', {
        hasEmbargo: release.embargoUntil === null ? 'no' : 'yes',
        time: release.embargoUntil === null ? '' : formatMoment(release.embargoUntil, words),
      }),
      reason: release.reason,
      isNewest: release === newest,
    })),
    stopped: hasSameAnswers ? null : words.t('correction.stopped'),
    form: canCorrect
      ? {
          action: `/runder/${encodeURIComponent(waveKey)}`,
          release: newest.number,
          mostReason: longestCorrectionReason,
          panel,
        }
      : null,
  };
}
