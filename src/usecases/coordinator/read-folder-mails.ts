import type { Context } from '../../context';
import { selectMailNetworks } from '../../db/folder-mails';
import { can, type Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { readMail, type ReadableMail } from '../../formats/mail/read-mail';
import { listFolderMails, readFolderMail } from '../../mail/mail-folder';
import { installation } from '../authorise';

/** A mail that was put into the folder instead of being sent. */
export interface ShownMail extends ReadableMail {
  readonly messageId: string;
}

/** Mails that the page lists. */
const mostShown = 100;

/** The folder, where there is one; an installation that sends mail has none, and nothing to show. */
function requireFolder(context: Context, actor: Actor): string {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  if (context.config.mail?.kind !== 'folder') throw new AppError('not_found');
  return context.config.mail.folder;
}

/** Mail to respondents is for those who run the wave; other mail, such as links for signing in, for administrators. */
async function pickOwn(context: Context, actor: Actor, messageIds: readonly string[]): Promise<readonly string[]> {
  if (can(actor, 'administer installation', installation)) return messageIds;
  const networks = await selectMailNetworks(context.db, messageIds);
  return messageIds.filter((messageId) => {
    const networkId = networks.get(messageId);
    return networkId !== undefined && can(actor, 'manage wave', { networkId, organisationId: null });
  });
}

/**
 * Lists the mails in the folder of an installation that only tries things out.
 * @param context the process' context
 * @param actor who asks
 * @returns newest first, the first hundred of them
 * @throws AppError sign_in_needed, not_found, not_allowed
 */
export async function readFolderMails(context: Context, actor: Actor): Promise<readonly ShownMail[]> {
  const folder = requireFolder(context, actor);
  const isInCharge = actor.kind === 'person' && actor.grants.some(({ role }) => role === 'coordinator');
  if (!isInCharge && !can(actor, 'administer installation', installation)) throw new AppError('not_allowed');
  const own = await pickOwn(context, actor, await listFolderMails(folder));
  const mails = await Promise.all(own.slice(0, mostShown).map((messageId) => findMail(folder, messageId)));
  return mails.flatMap((mail) => mail ?? []);
}

/**
 * Reads one mail of the folder.
 * @param context the process' context
 * @param actor who asks
 * @param messageId its message id
 * @throws AppError sign_in_needed, not_found
 */
export async function readOneFolderMail(context: Context, actor: Actor, messageId: string): Promise<ShownMail> {
  const folder = requireFolder(context, actor);
  const [own] = await pickOwn(context, actor, [messageId]);
  const mail = own === undefined ? null : await findMail(folder, own);
  if (mail === null) throw new AppError('not_found');
  return mail;
}

async function findMail(folder: string, messageId: string): Promise<ShownMail | null> {
  const found = await readFolderMail(folder, messageId);
  return found === null ? null : { messageId, ...(await readMail(found.bytes)) };
}
