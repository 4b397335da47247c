import type { FieldFault } from './domain/form-fault';

export type { FieldFault };

/**
 * Everything that can go wrong for a user: stable code → HTTP status. The words are in the texts under `error.<code>`
 * (title) and `error.<code>.help` (what to do). Codes are never reused.
 */
export const errorStatuses = {
  not_found: 404,
  not_allowed: 403,
  sign_in_needed: 401,
  form_expired: 403,
  too_many_requests: 429,
  body_too_large: 413,
  bad_request: 400,
  request_timeout: 408,
  url_too_long: 414,
  content_type_unknown: 415,
  headers_too_large: 431,
  database_unavailable: 503,
  busy: 503,
  unexpected: 500,
  proxy_not_trusted: 500,
  link_unknown: 404,
  link_used: 410,
  link_expired: 410,
  sign_in_link_invalid: 410,
  already_answered: 409,
  wave_not_open: 410,
  draft_conflict: 409,
  release_missing: 404,
  network_exists: 409,
  network_unknown: 404,
  organisation_unknown: 404,
  wave_exists: 409,
  wave_unknown: 404,
  wave_state: 409,
  wave_step_restored: 409,
  wave_not_ready: 409,
  wave_has_no_frame: 409,
  responses_not_importable: 409,
  instrument_unknown: 404,
  instrument_faulty: 422,
  instrument_frozen: 409,
  file_unreadable: 400,
  import_faulty: 422,
  policy_floor: 422,
  too_few_responses: 409,
  key_invalid: 422,
  value_invalid: 422,
  form_faulty: 422,
  organisation_conflict: 409,
  frame_exists: 409,
  frame_fixed: 409,
  unit_unknown: 404,
  unit_answered: 409,
  sample_outdated: 409,
  import_missing: 404,
  wave_fixed: 409,
  sign_in_failed: 400,
  no_access_yet: 403,
  identity_taken: 409,
  provider_unknown: 404,
  provider_exists: 409,
  provider_unavailable: 503,
  provider_unusable: 503,
  provider_secret_unreadable: 500,
  last_administrator: 409,
  mail_missing: 409,
  mail_unavailable: 409,
  mailing_under_way: 409,
  mailing_state: 409,
  mailing_empty: 409,
  test_link_invalid: 410,
  backup_unreadable: 400,
  backup_unknown: 422,
  backup_damaged: 422,
  backup_newer: 409,
  database_not_empty: 409,
  file_unwritable: 400,
  organisation_not_found: 404,
  member_in_wave: 409,
  register_off: 403,
  register_unreachable: 502,
  register_nothing: 404,
  register_too_large: 502,
  register_import_unknown: 404,
  register_import_outdated: 409,
  wave_incomplete: 409,
  release_needs_two: 409,
  release_own_request: 409,
  release_request_changed: 409,
  release_not_public: 409,
  too_few_public: 409,
  release_answers_changed: 409,
  correction_empty: 409,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

/** One fault of an imported file. */
export interface FileFault {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

export interface ErrorDetails {
  /** Values for the placeholders of the error's text. */
  readonly values?: Readonly<Record<string, string | number>>;
  readonly faults?: readonly FileFault[];
  /** What is wrong where in a form, with form_faulty. */
  readonly fields?: readonly FieldFault[];
  readonly cause?: unknown;
}

/** An expected fault, with a code of the catalogue; anything else that is thrown is a programming error. */
export class AppError extends Error {
  readonly status: number;
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {
    super(code, { cause: details.cause });
    this.status = errorStatuses[code];
  }
}
