import type { ReleaseOrigin } from '../../../usecases/coordinator/read-comparison';
import { formatDate } from '../format-date';
import type { Words } from './words';

/** What a notice of a correction tells of a release. */
type CorrectedRelease = Pick<ReleaseOrigin, 'number' | 'releasedAt' | 'reason'>;

/**
 * Tells that a release corrects the one before it, when and why.
 * @param release its header
 * @param words words of the reader's language
 * @returns one sentence, in which the reason stands as it was written; null for a first release
 */
export function describeCorrection({ number, releasedAt, reason }: CorrectedRelease, words: Words): string | null {
  if (reason === null) return null;
  return words.t('correction.notice', { number, date: formatDate(words.language, releasedAt), reason });
}
