import type { Database } from './database';
import { saveDrafts, type DraftToSave } from './drafts';
import { handInResponses, type HandIn } from './hand-ins';
import { createNaturalBatch } from './natural-batch';
import { selectInvitationsWithDrafts, type InvitationWithDraft } from './respondent-invitations';

/** What respondents ask of the database all the time; those who ask at the same time share statements. */
export interface RespondentBatches {
  /** The invitation of a cookie with its draft; null when it has been deleted. */
  readonly findInvitation: (invitationId: string) => Promise<InvitationWithDraft | null>;
  /** New revision; null when the draft was not saved, see `saveDrafts`. */
  readonly saveDraft: (draft: DraftToSave) => Promise<number | null>;
  /** True once the response is committed; false when it was not taken, see `handInResponses`. */
  readonly handIn: (handIn: HandIn) => Promise<boolean>;
  /** Statements so far, and the requests that they were for. */
  readonly counts: Readonly<Record<BatchKind, { readonly batches: number; readonly requests: number }>>;
}

export type BatchKind = 'find' | 'save' | 'hand in';

/**
 * @param db the pool; each kind of work uses up to `workers` of its connections
 * @param limits most items in one batch (1: nothing is shared) and batches of one kind under way at the same time
 */
export function createRespondentBatches(
  db: Database,
  limits: { readonly size: number; readonly workers: number },
): RespondentBatches {
  const counts = {
    find: { batches: 0, requests: 0 },
    save: { batches: 0, requests: 0 },
    'hand in': { batches: 0, requests: 0 },
  };
  const count = (kind: BatchKind, requests: number) => {
    counts[kind].batches += 1;
    counts[kind].requests += requests;
  };
  return {
    counts,
    findInvitation: createNaturalBatch({
      ...limits,
      handle: async (ids: readonly string[]) => {
        count('find', ids.length);
        const found = await selectInvitationsWithDrafts(db, ids);
        return (id: string) => found.get(id) ?? null;
      },
    }),
    saveDraft: createNaturalBatch({
      ...limits,
      keyOf: ({ invitationId }: DraftToSave) => invitationId,
      handle: async (drafts) => {
        count('save', drafts.length);
        const revisions = await saveDrafts(db, drafts);
        return ({ invitationId }) => revisions.get(invitationId) ?? null;
      },
    }),
    handIn: createNaturalBatch({
      ...limits,
      keyOf: ({ invitationId }: HandIn) => invitationId,
      handle: async (handIns) => {
        count('hand in', handIns.length);
        const answered = await handInResponses(db, handIns);
        return ({ invitationId }) => answered.has(invitationId);
      },
    }),
  };
}
