import type { AnonymityLevel, WaveState } from '../domain/fieldwork/types';
import { writeCsv } from './write-csv';

/** A wave as it stands in a list. */
export interface ListedWave {
  readonly key: string;
  readonly networkKey: string;
  readonly instrument: string;
  readonly period: string;
  readonly state: WaveState;
  readonly anonymityLevel: AnonymityLevel;
  readonly policy: { readonly minimumCellSize: number };
  readonly openedOn: string | null;
  readonly closesOn: string | null;
  readonly closedOn: string | null;
  readonly releasedOn: string | null;
}

/**
 * Writes a list of waves as CSV.
 * @param waves the waves in order
 * @returns the file's text
 */
export function writeWaveList(waves: readonly ListedWave[]): string {
  return writeCsv<ListedWave>(
    [
      { name: 'wave', cell: ({ key }) => key },
      { name: 'network', cell: ({ networkKey }) => networkKey },
      { name: 'instrument', cell: ({ instrument }) => instrument },
      { name: 'period', cell: ({ period }) => period },
      { name: 'state', cell: ({ state }) => state },
      { name: 'level', cell: ({ anonymityLevel }) => anonymityLevel },
      { name: 'k', cell: ({ policy }) => policy.minimumCellSize },
      { name: 'opened', cell: ({ openedOn }) => openedOn },
      { name: 'closes', cell: ({ closesOn }) => closesOn },
      { name: 'closed', cell: ({ closedOn }) => closedOn },
      { name: 'released', cell: ({ releasedOn }) => releasedOn },
    ],
    waves,
  );
}
