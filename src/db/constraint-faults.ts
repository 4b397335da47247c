import { AppError, type ErrorCode, type ErrorDetails } from '../errors';

/** Rules that the database keeps, by constraint name, and what breaking them is called. */
const codes: Readonly<Record<string, ErrorCode>> = {
  network_key_unique: 'network_exists',
  network_key_format: 'key_invalid',
  organisation_key_unique: 'organisation_conflict',
  organisation_key_format: 'key_invalid',
  organisation_orgnr_unique: 'organisation_conflict',
  instrument_version_frozen: 'instrument_frozen',
  wave_key_unique: 'wave_exists',
  wave_key_format: 'key_invalid',
  wave_minimum_cell_size_floor: 'policy_floor',
  wave_fixed_at_opening: 'wave_fixed',
  wave_promise: 'wave_fixed',
  identity_provider_key_unique: 'provider_exists',
  identity_provider_key_format: 'key_invalid',
  frame_fixed_at_opening: 'frame_fixed',
  wave_cell_size_is_policy: 'wave_fixed',
  wave_public_cell_size_floor: 'policy_floor',
  wave_release_two_people: 'release_needs_two',
  release_request_two_people: 'release_own_request',
  release_request_fixed: 'release_request_changed',
};

function constraintOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('constraint' in error)) return null;
  return typeof error.constraint === 'string' ? error.constraint : null;
}

/**
 * Runs statements and names the rule of the database that one of them breaks.
 * @param values values for the placeholders of the error's text
 * @param work the statements
 * @returns what the statements return
 * @throws AppError with the code of the constraint; other faults unchanged
 */
export async function nameConstraintFaults<Result>(
  values: NonNullable<ErrorDetails['values']>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const code = codes[constraintOf(cause) ?? ''];
    if (code === undefined) throw cause;
    throw new AppError(code, { values, cause });
  }
}
