import type { Context } from '../../context';
import { selectOptionalOpenedInvitation, type WavePromises } from '../../db/opened-invitations';
import type { RespondentInvitation } from '../../db/respondent-invitations';
import { findAnsweringObstacle } from '../../domain/fieldwork/answering-obstacle';
import { hashToken } from '../../domain/fieldwork/tokens';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { CompiledInstrument } from '../../domain/instrument/types';
import type { Language } from '../../domain/languages';
import { AppError } from '../../errors';
import { createAnsweringError } from '../load-questionnaire';

/** What page 1 tells, all of it from the wave's own settings. */
export interface OpenedInvitation {
  readonly invitation: RespondentInvitation;
  readonly promises: WavePromises;
  readonly instrument: CompiledInstrument;
  readonly hasDraft: boolean;
  /** Language the respondent used last, else the invitation's. */
  readonly language: Language;
  /** YYYY-MM-DD: a deadline that has passed is told so. */
  readonly today: string;
}

/**
 * Shows whom a personal link invites, and to what. Writes nothing: programs that scan mail follow links too.
 * @param context the process' context
 * @param token the token of the link
 * @throws AppError link_unknown, link_used, link_expired or wave_not_open
 */
export async function openInvitation(context: Context, token: string): Promise<OpenedInvitation> {
  const found = await selectOptionalOpenedInvitation(context.db, hashToken(token));
  if (found === null) throw new AppError('link_unknown');
  const { invitation, draft, promises } = found;
  const obstacle = findAnsweringObstacle(invitation);
  if (obstacle !== null) {
    throw createAnsweringError(obstacle === 'already_answered' ? 'link_used' : obstacle, invitation);
  }
  const instrument = await context.instruments.load(context.db, invitation.instrumentVersionId);
  return {
    invitation,
    promises,
    instrument,
    hasDraft: draft !== null,
    language: draft?.language ?? invitation.language,
    today: toDate(context.now()),
  };
}
