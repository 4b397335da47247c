import { z } from 'zod';
import { languages, type Language } from '../domain/languages';
import { mailKinds, type MailKind, type MailTemplate } from '../domain/mail/templates';
import { selectRows, type Database } from './database';

/** A template that somebody wrote for a wave. */
export interface StoredTemplate extends MailTemplate {
  readonly kind: MailKind;
  readonly language: Language;
}

const rowSchema = z.object({
  kind: z.enum(mailKinds),
  language: z.enum(languages),
  subject: z.string(),
  body: z.string(),
});

/**
 * Lists what was written for a wave; where there is nothing, the standard texts hold.
 * @param db the database or a transaction
 * @param waveId the wave
 */
export async function selectMailTemplates(db: Database, waveId: string): Promise<readonly StoredTemplate[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT mail_template.kind, mail_template.language, mail_template.subject, mail_template.body
            FROM mail_template WHERE mail_template.wave_id = :waveId`,
    bindings: { waveId },
  });
}

/**
 * Keeps a template in place of an earlier one.
 * @param transaction a transaction
 * @param waveId the wave
 * @param template kind, language and text
 */
export async function upsertMailTemplate(
  transaction: Database,
  waveId: string,
  template: StoredTemplate,
): Promise<void> {
  await transaction.raw(
    `INSERT INTO mail_template (wave_id, kind, language, subject, body)
     VALUES (:waveId, :kind, :language, :subject, :body)
     ON CONFLICT (wave_id, kind, language) DO UPDATE SET subject = excluded.subject, body = excluded.body`,
    { waveId, ...template },
  );
}

/**
 * Goes back to the standard text.
 * @param transaction a transaction
 * @param waveId the wave
 * @param template kind and language
 */
export async function deleteMailTemplate(
  transaction: Database,
  waveId: string,
  { kind, language }: Pick<StoredTemplate, 'kind' | 'language'>,
): Promise<void> {
  await transaction.raw(
    `DELETE FROM mail_template
      WHERE mail_template.wave_id = :waveId AND mail_template.kind = :kind AND mail_template.language = :language`,
    { waveId, kind, language },
  );
}
