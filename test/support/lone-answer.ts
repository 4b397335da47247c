import type { Context } from '../../src/context';
import type { Sector } from '../../src/domain/fieldwork/types';
import { operator } from '../../src/domain/permissions';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { createClosedWave, type ImportedUnit } from './closed-wave';

/** The only one of its sector in Asker that answered. */
export const loneUnit = 'asker-culture-0';

const cells: readonly { readonly organisation: string; readonly sector: Sector; readonly answered: number }[] = [
  { organisation: 'asker', sector: 'education', answered: 24 },
  { organisation: 'asker', sector: 'culture', answered: 1 },
  { organisation: 'drammen', sector: 'education', answered: 26 },
  { organisation: 'drammen', sector: 'culture', answered: 22 },
  { organisation: 'lier', sector: 'education', answered: 21 },
  { organisation: 'lier', sector: 'culture', answered: 30 },
];

/**
 * Makes a released wave in which one response can be erased, as the only one of its stratum.
 * @param context context with the test database
 * @param key key of network and wave
 */
export async function createWaveWithLoneAnswer(context: Context, key: string): Promise<void> {
  const units = cells.flatMap(({ organisation, sector, answered }) =>
    Array.from({ length: answered === 1 ? 1 : answered + 9 }, (_, index): ImportedUnit => {
      const hasAnswered = index < answered;
      const usesTool = index % 3 !== 0;
      return {
        unit: `${organisation}-${sector}-${index}`,
        organisation,
        sector,
        size: 'M',
        isInvited: true,
        disposition: hasAnswered ? 'I' : 'NC',
        usesTool: hasAnswered ? (usesTool ? 'yes' : 'no') : '',
        purposes: hasAnswered && usesTool ? [index % 2 === 0 ? 'planning' : 'writing'] : [],
        training: hasAnswered ? (index % 4 === 0 ? 'agree' : 'disagree') : '',
      };
    }),
  );
  await createClosedWave(context, { networkKey: key, waveKey: key, isOpen: true, units });
  await releaseWave(context, operator, { waveKey: key });
}
