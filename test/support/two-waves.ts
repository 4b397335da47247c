import type { Context } from '../../src/context';
import type { Sector } from '../../src/domain/fieldwork/types';
import { operator } from '../../src/domain/permissions';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { createClosedWave, readExample, type ImportedUnit } from './closed-wave';

/** How many of an organisation's sector answered, and how many of them use a tool. */
interface Cell {
  readonly organisation: string;
  readonly sector: Sector;
  readonly answered: number;
  readonly yes: number;
}

/** Asker rises, the others stay; Lier's health sector is too small before, Drammen's now. */
const before: readonly Cell[] = [
  { organisation: 'asker', sector: 'education', answered: 40, yes: 8 },
  { organisation: 'asker', sector: 'health', answered: 40, yes: 10 },
  { organisation: 'drammen', sector: 'education', answered: 40, yes: 20 },
  { organisation: 'drammen', sector: 'health', answered: 40, yes: 18 },
  { organisation: 'lier', sector: 'education', answered: 40, yes: 16 },
  { organisation: 'lier', sector: 'health', answered: 3, yes: 1 },
  { organisation: 'viken', sector: 'education', answered: 40, yes: 22 },
  { organisation: 'viken', sector: 'health', answered: 40, yes: 20 },
];
const now: readonly Cell[] = [
  { organisation: 'asker', sector: 'education', answered: 40, yes: 32 },
  { organisation: 'asker', sector: 'health', answered: 40, yes: 30 },
  { organisation: 'drammen', sector: 'education', answered: 40, yes: 20 },
  { organisation: 'drammen', sector: 'health', answered: 3, yes: 2 },
  { organisation: 'lier', sector: 'education', answered: 40, yes: 16 },
  { organisation: 'lier', sector: 'health', answered: 40, yes: 18 },
  { organisation: 'viken', sector: 'education', answered: 40, yes: 22 },
  { organisation: 'viken', sector: 'health', answered: 40, yes: 20 },
];

function createUnits(wave: string, cells: readonly Cell[]): readonly ImportedUnit[] {
  return cells.flatMap(({ organisation, sector, answered, yes }) =>
    Array.from({ length: answered * 2 }, (_, index): ImportedUnit => {
      const hasAnswered = index < answered;
      const usesTool = index < yes;
      return {
        unit: `${wave}-${organisation}-${sector}-${index}`,
        organisation,
        sector,
        size: 'M',
        isInvited: true,
        disposition: hasAnswered ? 'I' : 'NC',
        usesTool: hasAnswered ? (usesTool ? 'yes' : 'no') : '',
        purposes: hasAnswered && usesTool ? (index % 2 === 0 ? ['planning'] : ['writing', 'contact']) : [],
        training: hasAnswered ? (index % 3 === 0 ? 'agree' : 'disagree') : '',
      };
    }),
  );
}

/** The example with another wording of the question about training. */
function rewordTraining(): ReturnType<typeof readExample> {
  const { survey, codebook } = readExample();
  const definition = JSON.parse(survey) as { pages: { elements: { name: string; title: { default: string } }[] }[] };
  for (const question of definition.pages.flatMap(({ elements }) => elements)) {
    if (question.name === 'training') question.title.default = `Helt ærlig: ${question.title.default}`;
  }
  const book = JSON.parse(codebook) as { version: number };
  return {
    key: 'example/2',
    survey: JSON.stringify(definition),
    codebook: JSON.stringify({ ...book, version: 2 }),
  };
}

/**
 * Makes a network with two released waves, "<key>-for" and "<key>-na"; the later one asks about training in other words.
 * @param context context with the test database
 * @param key key of the network
 * @param options isOpen: whether members see each other; earlier and later: how each is released
 */
export async function createTwoWaves(
  context: Context,
  key: string,
  {
    isOpen = true,
    earlier = { visibility: 'network' },
    later = { visibility: 'network' },
  }: {
    readonly isOpen?: boolean;
    readonly earlier?: { readonly visibility: 'network' | 'public'; readonly embargoUntil?: Date };
    readonly later?: { readonly visibility: 'network' | 'public'; readonly embargoUntil?: Date };
  } = {},
): Promise<void> {
  const waves = [
    {
      waveKey: `${key}-for`,
      period: '2022-2023',
      units: createUnits('a', before),
      release: earlier,
      isLaterWave: false,
    },
    { waveKey: `${key}-na`, period: '2024-2025', units: createUnits('b', now), release: later, isLaterWave: true },
  ];
  for (const { release, ...wave } of waves) {
    const instrument = wave.isLaterWave ? { instrument: rewordTraining() } : {};
    await createClosedWave(context, { networkKey: key, isOpen, ...wave, ...instrument });
    const choice = { visibility: release.visibility, embargoUntil: release.embargoUntil ?? null };
    await releaseWave(context, operator, { waveKey: wave.waveKey, choice });
  }
}
