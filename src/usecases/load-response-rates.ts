import type { Database } from '../db/database';
import { selectFieldworkOutcomes } from '../db/fieldwork-outcomes';
import { createClosedRow } from '../domain/fieldwork/board/rows';
import type { ResponseRates } from '../domain/statistics/response-rates';

/** AAPOR response rates at closing of an organisation, or of the network (name null). */
export interface NamedRates {
  readonly name: string | null;
  readonly rates: ResponseRates;
}

/**
 * Loads the response rates that were kept when a wave closed.
 * @param db the database
 * @param waveId the wave
 * @param organisation key and name; null: of the network alone
 * @returns the organisation's and then the network's; left out where none were kept
 */
export async function loadResponseRates(
  db: Database,
  waveId: string,
  organisation: { readonly key: string; readonly name: string } | null,
): Promise<readonly NamedRates[]> {
  const outcomes = await selectFieldworkOutcomes(db, waveId);
  const totals = outcomes.map(createClosedRow).filter((row) => row.complete !== null);
  const named = [
    ...(organisation === null ? [] : [{ organisation: organisation.key, name: organisation.name }]),
    { organisation: null, name: null },
  ];
  return named.flatMap((one) =>
    totals
      .filter(({ organisation }) => organisation === one.organisation)
      .map(({ rates }) => ({ name: one.name, rates })),
  );
}
