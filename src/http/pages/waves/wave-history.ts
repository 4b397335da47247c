import { keyOfAction } from '../../../domain/audit-actions';
import type { readWaveHistory } from '../../../usecases/coordinator/read-wave-history';
import { isTextKey } from '../../../texts/translate';
import { formatDate } from '../format-date';
import type { Words } from '../results/words';

type WaveEvent = Awaited<ReturnType<typeof readWaveHistory>>[number];

export interface HistoryRow {
  readonly date: string;
  readonly what: string;
  readonly who: string;
}

/**
 * Tells who did what to a wave. Events that the page has no words for stand in the audit of the installation; what
 * somebody did several times in a row on a day stands once.
 * @param events newest first
 * @param words words of the reader's language
 */
export function createHistory(events: readonly WaveEvent[], words: Words): readonly HistoryRow[] {
  const rows: { row: HistoryRow; count: number }[] = [];
  for (const row of events.flatMap((event) => describeEvent(event, words))) {
    const last = rows.at(-1);
    if (last?.row.date === row.date && last.row.what === row.what && last.row.who === row.who) last.count += 1;
    else rows.push({ row, count: 1 });
  }
  return rows.map(({ row, count }) =>
    count === 1 ? row : { ...row, what: words.t('wave.history.times', { what: row.what, count }) },
  );
}

function describeEvent({ occurredAt, action, actorName, detail }: WaveEvent, words: Words): readonly HistoryRow[] {
  const key = `wave.history.${keyOfAction(action)}`;
  if (!isTextKey(key)) return [];
  const moved = detail['to'] ?? detail['plannedOn'];
  const day = typeof moved === 'string' ? formatDate(words.language, moved) : '';
  const reason = typeof detail['reason'] === 'string' ? detail['reason'] : '';
  const number = typeof detail['number'] === 'number' ? detail['number'] : 0;
  const isPublic = detail['visibility'] === 'public' ? 'yes' : 'no';
  return [
    {
      date: formatDate(words.language, occurredAt),
      what: words.t(key, { day, reason, number, isPublic }),
      who: actorName ?? words.t('events.installation'),
    },
  ];
}
