import type { Language } from '../domain/languages';
import type { Actor } from '../domain/permissions';
import type { RespondentForm } from './respondent-form';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Express is extended through its global namespace
  namespace Express {
    interface Locals {
      language: Language;
      actor: Actor;
      assetVersion: string;
      requestId: string;
      /** Invitation of the respondent's cookie; set under /undersokelse only. */
      invitationId: string;
      /** The respondent's form; set when one is posted under /undersokelse. */
      form: RespondentForm;
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    actorId: string;
    /** Milliseconds since 1970 when the actor signed in: the absolute limit counts from here. */
    signedInAt: number;
  }
}
