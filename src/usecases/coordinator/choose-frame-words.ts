import type { Context } from '../../context';
import { updateFrameMapping } from '../../db/frame-imports';
import { codesOf, worded, type OwnWords } from '../../domain/fieldwork/frame-words';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findFrameImport } from '../find-frame-import';
import { findFrame } from '../frame-access';

/** Somebody's choice for one word of the file. */
export interface ChosenWord {
  readonly column: string;
  /** The word, normalised. */
  readonly word: string;
  /** Code, or empty: not chosen. */
  readonly code: string;
}

/**
 * Keeps what words of an uploaded file mean.
 * @param context the process' context
 * @param actor who chooses
 * @param input key of the wave, id of the import, and the words
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, import_missing
 */
export async function chooseFrameWords(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly importId: string; readonly words: readonly ChosenWord[] },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const { importId } = input;
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    const { mapping } = await findFrameImport(transaction, access, { actor, importId, now: context.now() });
    if (mapping === null) throw new AppError('import_missing');
    await updateFrameMapping(transaction, importId, { ...mapping, words: addWords(mapping.words, input.words) });
  });
}

function addWords(known: OwnWords, chosen: readonly ChosenWord[]): OwnWords {
  return Object.fromEntries(
    worded.map((column) => {
      const own = chosen.filter((each) => each.column === column && codesOf[column].includes(each.code));
      return [column, { ...known[column], ...Object.fromEntries(own.map(({ word, code }) => [word, code])) }];
    }),
  );
}
