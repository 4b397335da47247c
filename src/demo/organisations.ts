import type { Sector, SizeClass } from '../domain/fieldwork/types';
import type { SeededRandom } from './seeded-random';
import type { Temperament } from './answer-model';

/** A member of the demo network. The names are those of the regional innovation network; everything else is made up. */
export interface DemoOrganisation {
  readonly key: string;
  readonly name: string;
  /** Synthetic: the register gives out no numbers that begin with 3. */
  readonly orgnr: string;
  readonly kind: 'municipality' | 'county';
  /** Number of units relative to the plan of the kind. */
  readonly scale: number;
  readonly responseRate: number;
  readonly drive: number;
  readonly openness: number;
}

export const demoOrganisations: readonly DemoOrganisation[] = [
  {
    key: 'asker',
    name: 'Asker',
    orgnr: '310000019',
    kind: 'municipality',
    scale: 1,
    responseRate: 0.63,
    drive: 0.95,
    openness: 1.1,
  },
  {
    key: 'drammen',
    name: 'Drammen',
    orgnr: '310000027',
    kind: 'municipality',
    scale: 1.1,
    responseRate: 0.57,
    drive: -0.2,
    openness: -0.8,
  },
  {
    key: 'barum',
    name: 'Bærum',
    orgnr: '310000035',
    kind: 'municipality',
    scale: 1.25,
    responseRate: 0.6,
    drive: 0.35,
    openness: 0.3,
  },
  {
    key: 'oslo',
    name: 'Oslo',
    orgnr: '310000043',
    kind: 'municipality',
    scale: 2.9,
    responseRate: 0.54,
    drive: 0,
    openness: -0.1,
  },
  {
    key: 'akershus',
    name: 'Akershus',
    orgnr: '310000051',
    kind: 'county',
    scale: 1.05,
    responseRate: 0.58,
    drive: 0.1,
    openness: 0.2,
  },
  {
    key: 'buskerud',
    name: 'Buskerud',
    orgnr: '310000078',
    kind: 'county',
    scale: 0.95,
    responseRate: 0.56,
    drive: -0.8,
    openness: -0.5,
  },
  {
    key: 'vestfold',
    name: 'Vestfold',
    orgnr: '310000086',
    kind: 'county',
    scale: 0.95,
    responseRate: 0.59,
    drive: -0.15,
    openness: 0.05,
  },
];

interface PlannedType {
  readonly sector: Sector;
  readonly type: string;
  readonly count: number;
  /** Weights of S, M and L. */
  readonly sizes: readonly [number, number, number];
}

const plans: Readonly<Record<DemoOrganisation['kind'], readonly PlannedType[]>> = {
  municipality: [
    { sector: 'education', type: 'barnehage', count: 34, sizes: [5, 5, 1] },
    { sector: 'education', type: 'grunnskole', count: 20, sizes: [1, 5, 5] },
    { sector: 'health', type: 'sykehjem', count: 10, sizes: [0, 4, 6] },
    { sector: 'health', type: 'hjemmetjeneste', count: 14, sizes: [2, 6, 4] },
    { sector: 'health', type: 'helsestasjon', count: 6, sizes: [6, 4, 0] },
    { sector: 'social', type: 'nav', count: 4, sizes: [0, 4, 4] },
    { sector: 'social', type: 'barnevern', count: 5, sizes: [3, 5, 1] },
    { sector: 'social', type: 'botilbud', count: 8, sizes: [6, 4, 0] },
    { sector: 'culture', type: 'bibliotek', count: 6, sizes: [7, 3, 0] },
    { sector: 'culture', type: 'kulturskole', count: 8, sizes: [6, 3, 0] },
    { sector: 'technical', type: 'vann_avlop', count: 6, sizes: [4, 5, 1] },
    { sector: 'technical', type: 'eiendom', count: 8, sizes: [3, 5, 2] },
    { sector: 'administration', type: 'stab', count: 13, sizes: [6, 6, 1] },
  ],
  county: [
    { sector: 'education', type: 'videregaende_skole', count: 30, sizes: [1, 4, 7] },
    { sector: 'health', type: 'tannhelse', count: 22, sizes: [7, 4, 0] },
    { sector: 'technical', type: 'samferdsel', count: 13, sizes: [3, 5, 2] },
    { sector: 'culture', type: 'kultur', count: 11, sizes: [6, 4, 0] },
    { sector: 'administration', type: 'stab', count: 12, sizes: [5, 6, 1] },
  ],
};

const sectorDrive: Readonly<Record<Sector, number>> = {
  education: 0.1,
  health: 0.15,
  social: -0.05,
  culture: 0,
  technical: -0.2,
  administration: -0.1,
};
const sizeDrive: Readonly<Record<SizeClass, number>> = { S: -0.25, M: 0, L: 0.3 };

/** One workplace of the demo frame. */
export interface DemoUnit {
  readonly unit: string;
  readonly organisation: DemoOrganisation;
  readonly sector: Sector;
  readonly type: string;
  readonly size: SizeClass;
}

function drawSize(random: SeededRandom, [small, medium, large]: PlannedType['sizes']): SizeClass {
  return random.pick<SizeClass>([
    ['S', small],
    ['M', medium],
    ['L', large],
  ]);
}

/**
 * Draws the workplaces of one member.
 * @param random stream of repeatable draws
 * @param organisation the member
 * @returns its units, with keys such as "asker-barnehage-07"
 */
export function drawUnits(random: SeededRandom, organisation: DemoOrganisation): readonly DemoUnit[] {
  return plans[organisation.kind].flatMap(({ sector, type, count, sizes }) =>
    Array.from({ length: Math.round(count * organisation.scale) }, (_, index) => ({
      unit: `${organisation.key}-${type.replaceAll('_', '-')}-${String(index + 1).padStart(2, '0')}`,
      organisation,
      sector,
      type,
      size: drawSize(random, sizes),
    })),
  );
}

/**
 * Draws how innovative one workplace is.
 * @param random stream of repeatable draws
 * @param unit the workplace
 * @param trend movement of the whole network since the first wave
 */
export function drawTemperament(random: SeededRandom, unit: DemoUnit, trend: number): Temperament {
  const { drive, openness } = unit.organisation;
  const own = 0.7 * random.normal();
  return {
    drive: drive + sectorDrive[unit.sector] + sizeDrive[unit.size] + trend + own,
    openness: openness + 0.5 * own + 0.4 * random.normal(),
  };
}
