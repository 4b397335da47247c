import type { DemoUnit } from './organisations';

const typeNames: Readonly<Record<string, string>> = {
  barnehage: 'Barnehage',
  grunnskole: 'Skole',
  sykehjem: 'Sykehjem',
  hjemmetjeneste: 'Hjemmetjeneste',
  helsestasjon: 'Helsestasjon',
  nav: 'NAV-kontor',
  barnevern: 'Barnevern',
  botilbud: 'Botilbud',
  bibliotek: 'Bibliotek',
  kulturskole: 'Kulturskole',
  vann_avlop: 'Vann og avløp',
  eiendom: 'Eiendom',
  stab: 'Stab',
  videregaende_skole: 'Videregående skole',
  tannhelse: 'Tannklinikk',
  samferdsel: 'Samferdsel',
  kultur: 'Kulturavdeling',
};

const firstNames = [
  ...['Anne', 'Bjørn', 'Cecilie', 'David', 'Eva', 'Fredrik', 'Grete', 'Hassan', 'Ingrid', 'Jonas', 'Katrine', 'Lars'],
  ...[
    'Mona',
    'Nils',
    'Oddny',
    'Petter',
    'Randi',
    'Samira',
    'Trond',
    'Unni',
    'Vidar',
    'Wenche',
    'Yngve',
    'Åse',
    'Øystein',
  ],
];
const lastNames = [
  ...['Andersen', 'Berg', 'Christensen', 'Dahl', 'Eriksen', 'Foss', 'Gundersen', 'Haugen', 'Iversen', 'Johansen'],
  ...['Kristiansen', 'Lunde', 'Moen', 'Nilsen', 'Olsen', 'Pedersen', 'Ruud', 'Strand', 'Tangen', 'Ulriksen', 'Vik'],
];

/** Who leads a workplace of the demo, and what it is called. */
export interface NamedUnit {
  readonly unitName: string;
  readonly manager: string;
  /** Nobody reads mail at example.org (RFC 2606). */
  readonly email: string;
  readonly language: 'nb' | 'nn';
}

const nynorskEvery = 9;

/**
 * Makes up a name for a workplace and for its manager.
 * @param unit the workplace
 * @param index its place in the frame, from 0; the same place gives the same manager
 */
export function nameUnit({ unit, type }: DemoUnit, index: number): NamedUnit {
  const number = Number(/\d+$/.exec(unit)?.[0] ?? '1');
  const first = firstNames[index % firstNames.length] ?? '';
  const last = lastNames[(index * 8) % lastNames.length] ?? '';
  return {
    unitName: `${typeNames[type] ?? type} ${number}`,
    manager: `${first} ${last}`,
    email: `${unit}@example.org`,
    language: index % nynorskEvery === 0 ? 'nn' : 'nb',
  };
}
