import { writeNorwegianTime } from '../../../domain/fieldwork/release-choice';
import type { ReleasePlan } from '../../../usecases/coordinator/read-release-plan';
import { formatDate } from '../format-date';
import type { Words } from '../results/words';

/** What the page shows of a release or correction: the form to ask for one, or the one that waits for another person. */
export interface ReleasePanel {
  readonly needsTwo: boolean;
  readonly canBePublic: boolean;
  /** What choosing "public" means, or why it cannot be chosen. */
  readonly publicHelp: string;
  readonly visibility: string;
  readonly embargo: string;
  /** Why a release is corrected, as it was filled in. */
  readonly correction: string;
  /** Smallest number of answers behind a figure of a correction, as it was filled in. */
  readonly k: string;
  readonly waiting: {
    readonly id: string;
    readonly text: string;
    /** Who is to see it and from when; of a correction also its smallest number of answers, and why. */
    readonly choices: readonly string[];
    /** Label of the button. */
    readonly approve: string;
    readonly isOwn: boolean;
  } | null;
}

/**
 * Writes a moment as a date and a clock in Norway.
 * @param moment the moment
 * @param words words of the reader's language
 */
export function formatMoment(moment: Date, words: Words): string {
  const [, clock = ''] = writeNorwegianTime(moment).split('T');
  return words.t('release.moment', { date: formatDate(words.language, moment), clock });
}

/** What was filled in before, when something in it was wrong. */
export interface ChosenRelease {
  readonly visibility: string;
  readonly embargo: string;
  readonly correction?: string;
  readonly k?: string;
}

/**
 * Makes the part of the page where a release is chosen or approved.
 * @param plan how the wave can be released
 * @param given what was filled in before, when something in it was wrong
 * @param words words of the reader's language
 */
export function createReleasePanel(plan: ReleasePlan, given: ChosenRelease | null, words: Words): ReleasePanel {
  const { needsTwo, canBePublic, publicCellSize, wasTold } = plan;
  const chosen = given ?? { visibility: plan.newestVisibility, embargo: '' };
  return {
    needsTwo,
    canBePublic,
    publicHelp: canBePublic
      ? words.t('release.public.help', { count: publicCellSize ?? 0 })
      : words.t(wasTold ? 'release.public.closed' : 'release.public.untold'),
    visibility: chosen.visibility,
    embargo: chosen.embargo,
    correction: chosen.correction ?? '',
    k: chosen.k ?? String(plan.minimumCellSize),
    waiting: describeWaiting(plan, words),
  };
}

function describeWaiting({ request, needsTwo, minimumCellSize }: ReleasePlan, words: Words): ReleasePanel['waiting'] {
  if (!needsTwo || request === null || request.approvedBy !== null) return null;
  const { id, isOwn, embargoUntil, reason } = request;
  const kind = reason === null ? 'release' : 'correction';
  return {
    id,
    text: words.t(`${kind}.waiting.${isOwn ? 'own' : 'other'}`, {
      name: request.requestedByName,
      date: formatDate(words.language, request.requestedAt),
    }),
    choices: [
      words.t(`release.choice.${request.visibility}`, {
        hasEmbargo: embargoUntil === null ? 'no' : 'yes',
        time: embargoUntil === null ? '' : formatMoment(embargoUntil, words),
      }),
      ...(reason === null
        ? []
        : [
            words.t('correction.waiting.k', { count: request.minimumCellSize ?? minimumCellSize }),
            words.t('correction.waiting.reason', { reason }),
          ]),
    ],
    approve: words.t(`${kind}.approve`),
    isOwn,
  };
}
