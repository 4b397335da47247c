import type { ReadinessCheck, ReadinessPlace } from '../../../domain/fieldwork/readiness';
import { isLanguage } from '../../../domain/languages';
import { peerGroupSchema } from '../../../domain/benchmark/peer-groups';
import { isTextKey } from '../../../texts/translate';
import { namePeers } from '../../../usecases/peer-words';
import { formatDate, joinNames } from '../format-date';
import type { Words } from '../results/words';

/** One line before the next step. */
export interface ReadinessRow {
  readonly status: ReadinessCheck['status'];
  readonly text: string;
  /** Where it is mended; null when there is nothing to mend or nowhere to do it. */
  readonly link: { readonly href: string; readonly text: string } | null;
}

const mostNames = 8;

/** @returns address of the page where something is mended */
function placeOf(place: ReadinessPlace, { waveKey, networkKey }: { waveKey: string; networkKey: string }): string {
  const wave = `/runder/${encodeURIComponent(waveKey)}`;
  const places = {
    settings: `${wave}/innstillinger`,
    frame: `${wave}/ramme`,
    privacy: `${wave}/personvern`,
    mail: `${wave}/utsending`,
    people: `/nettverk/${encodeURIComponent(networkKey)}/folk`,
  };
  return places[place];
}

/**
 * Puts the lines before the next step into words, with what is missing first.
 * @param checks the lines
 * @param keys wave and network that the links lead to
 * @param words words of the reader's language
 */
export function createReadinessList(
  checks: readonly ReadinessCheck[],
  keys: { readonly waveKey: string; readonly networkKey: string },
  words: Words,
): readonly ReadinessRow[] {
  const order = { missing: 0, advice: 1, ok: 2 } as const;
  return [...checks]
    .sort((a, b) => order[a.status] - order[b.status])
    .map((check) => ({
      status: check.status,
      text: describeCheck(check, words),
      link:
        check.status === 'ok' || check.place === null
          ? null
          : { href: placeOf(check.place, keys), text: words.t(`readiness.place.${check.place}`) },
    }));
}

function describeCheck({ name, status, names, date }: ReadinessCheck, words: Words): string {
  if (status === 'ok') return words.t(`readiness.${name}.ok`);
  const shown = names.slice(0, mostNames).map((one) => nameOne(one, words));
  const more = names.length - shown.length;
  const listed = more === 0 ? shown : [...shown, words.t('readiness.more', { count: more })];
  return words.t(`readiness.${name}.lacking`, {
    names: listed.length === 0 ? '' : joinNames(words.language, listed),
    kind: names[0] ?? '',
    date: date === null ? '' : formatDate(words.language, date),
    hasDate: date === null ? 'no' : 'yes',
  });
}

/** Languages, parts of the privacy set-up and peer groups have names of their own; organisations are named by themselves. */
function nameOne(name: string, words: Words): string {
  const [, basis, value] = /^([a-z_]+)=(.+)$/u.exec(name) ?? [];
  const known = peerGroupSchema.shape.basis.safeParse(basis);
  if (known.success && value !== undefined) return namePeers(words.language, { basis: known.data, value });
  const key = isLanguage(name) ? `language.${name}` : `privacy.gap.${name}`;
  return isTextKey(key) ? words.t(key) : name;
}
