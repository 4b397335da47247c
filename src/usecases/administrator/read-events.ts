import type { Context } from '../../context';
import { selectAuditActions, selectAuditEvents, type AuditFilter, type ShownEvent } from '../../db/audit';
import { selectNetworkSummaries } from '../../db/overviews';
import type { Actor } from '../../domain/permissions';
import { installation, requireRight } from '../authorise';

const eventsPerPage = 50;
/** Far more than an installation has in years; a file that leaves something out would say nothing of it. */
const mostExported = 1_000_000;

/** One page of what was done. */
export interface EventPage {
  /** Newest first. */
  readonly events: readonly ShownEvent[];
  readonly hasMore: boolean;
  readonly networks: readonly { readonly key: string; readonly name: string }[];
  readonly actions: readonly string[];
}

/**
 * Reads what was done, fifty events at a time.
 * @param context the process' context
 * @param actor who asks
 * @param input filter, and number of the page from 1
 * @throws AppError sign_in_needed, not_allowed
 */
export async function readEvents(
  context: Context,
  actor: Actor,
  input: { readonly filter: AuditFilter; readonly page: number },
): Promise<EventPage> {
  requireRight(actor, 'read audit', installation);
  const offset = (input.page - 1) * eventsPerPage;
  const found = await selectAuditEvents(context.db, input.filter, { limit: eventsPerPage + 1, offset });
  return {
    events: found.slice(0, eventsPerPage),
    hasMore: found.length > eventsPerPage,
    networks: await selectNetworkSummaries(context.db),
    actions: await selectAuditActions(context.db),
  };
}

/**
 * Reads everything that was done, for a file.
 * @param context the process' context
 * @param actor who asks
 * @param input filter
 * @returns events, the newest first
 * @throws AppError sign_in_needed, not_allowed
 */
export async function exportEvents(
  context: Context,
  actor: Actor,
  input: { readonly filter: AuditFilter },
): Promise<readonly ShownEvent[]> {
  requireRight(actor, 'read audit', installation);
  return selectAuditEvents(context.db, input.filter, { limit: mostExported, offset: 0 });
}
