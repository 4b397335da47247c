import type { Language } from '../domain/languages';
import type { Actor } from '../domain/permissions';
import type { UploadedFile } from '../usecases/coordinator/upload-frame';
import type { RespondentForm } from './respondent-form';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Express is extended through its global namespace
  namespace Express {
    interface Locals {
      language: Language;
      actor: Actor;
      assetVersion: string;
      requestId: string;
      /** Whatever the page itself says: what it lists belongs to the demo. */
      isDemo?: boolean;
      /** The file of a form that brings one; set at the addresses that take files only. */
      upload?: UploadedFile;
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
    /** Key of the provider that vouched for the actor; absent after a link. */
    providerKey: string;
    /** Sealed; by it the provider knows which session to end. Kept a little longer than the rest, for signing out there. */
    sealedIdToken: string;
  }
}
