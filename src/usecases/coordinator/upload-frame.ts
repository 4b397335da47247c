import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { insertFrameImport } from '../../db/frame-imports';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { readSpreadsheet, type SpreadsheetFault } from '../../formats/read-spreadsheet';
import { idOf } from '../authorise';
import { requireDraftFrame, requirePerson } from '../find-frame-import';
import { findFrame } from '../frame-access';

/** Longest time that a file is kept before it is confirmed. */
const keptMilliseconds = 24 * 60 * 60 * 1000;
const longestFileName = 200;

/** A file that was sent; null: none was chosen. */
export type UploadedFile = {
  readonly name: string;
  readonly content: Buffer;
  /** The file was longer than is taken; the rest was thrown away. */
  readonly isTooLarge: boolean;
} | null;

/**
 * Takes a file for the frame of a draft wave and keeps it for a day. Nothing of it is in the frame before it is confirmed.
 * @param context the process' context
 * @param actor who sends it
 * @param input key of the wave and the file
 * @returns id of the import
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, form_faulty when nothing can be read of the file
 */
export async function uploadFrame(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly file: UploadedFile },
): Promise<string> {
  const { file } = input;
  const actorId = requirePerson(actor);
  requireDraftFrame(await findFrame(context.db, actor, input));
  if (file === null || file.content.length === 0) throw refuse('missing');
  if (file.isTooLarge) throw refuse('too_large');
  const read = await readSpreadsheet(file.content);
  if ('code' in read) throw refuse(read.code, read);
  return context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    requireDraftFrame(access);
    const now = context.now();
    const id = await insertFrameImport(transaction, {
      waveId: access.wave.id,
      actorId,
      fileName: file.name.slice(-longestFileName),
      content: file.content,
      createdAt: now,
      expiresAt: new Date(now.getTime() + keptMilliseconds),
    });
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: access.wave.networkId,
      action: 'uploaded frame',
      subject: access.wave.key,
      detail: { bytes: file.content.length },
    });
    return id;
  });
}

function refuse(code: SpreadsheetFault['code'] | 'missing' | 'too_large', fault?: SpreadsheetFault): AppError {
  const line = fault?.code === 'quotes' ? fault.line : 0;
  const limit = fault?.code === 'too_many_rows' ? fault.limit : 0;
  return new AppError('form_faulty', {
    fields: [{ field: 'file', key: `frame.upload.${code}`, values: { line, limit } }],
  });
}
