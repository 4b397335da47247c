/** One fault that was planted, as the preview tells it. */
export interface PlantedFault {
  /** Row of the file, the headings being 1. */
  readonly row: number;
  readonly column: string;
  readonly code: string;
}

export interface PlantedFrame {
  /** CSV with semicolons and Norwegian headings, as a municipality would send it. */
  readonly text: string;
  /** The same file after somebody has mended it. */
  readonly mended: string;
  readonly faults: readonly PlantedFault[];
  readonly units: number;
}

const kinds = [
  { sector: 'Oppvekst og utdanning', type: 'Barnehage', name: 'barnehage' },
  { sector: 'Oppvekst og utdanning', type: 'Grunnskole', name: 'skole' },
  { sector: 'Helse og omsorg', type: 'Sykehjem', name: 'sykehjem' },
  { sector: 'Helse og omsorg', type: 'Hjemmetjeneste', name: 'hjemmetjeneste' },
  { sector: 'Kultur', type: 'Bibliotek', name: 'bibliotek' },
  { sector: 'Tekniske tjenester', type: 'Vann og avløp', name: 'vannverk' },
  { sector: 'Administrasjon', type: 'Stab', name: 'stab' },
] as const;
const sizes = ['Liten', 'Mellomstor', 'Stor'] as const;
const headings = ['Nøkkel', 'Arbeidsplass', 'Kommune', 'Sektor', 'Type', 'Størrelse', 'Leder', 'E-post', 'Målform'];

/** Cells of a row, in the order of the headings. */
type Row = [string, string, string, string, string, string, string, string, string];

/** Faults by the position of the row they are planted in; every hundredth row or so. */
const plants: readonly {
  readonly at: number;
  readonly column: string;
  readonly code: string;
  readonly spoil: (row: Row, rows: readonly Row[]) => void;
}[] = [
  { at: 11, column: 'email', code: 'email', spoil: (row) => (row[7] = 'kari.nordmann(at)example.org') },
  { at: 57, column: 'email', code: 'email', spoil: (row) => (row[7] = 'ola@example') },
  { at: 120, column: 'unit', code: 'unit_repeated', spoil: (row, rows) => (row[0] = rows[119]?.[0] ?? '') },
  { at: 203, column: 'organisation', code: 'organisation_unknown', spoil: (row) => (row[2] = 'Atlantis') },
  { at: 204, column: 'organisation', code: 'missing', spoil: (row) => (row[2] = '') },
  { at: 310, column: 'sector', code: 'missing', spoil: (row) => (row[3] = '') },
  { at: 311, column: 'size', code: 'missing', spoil: (row) => (row[5] = '') },
  { at: 402, column: 'size', code: 'unknown_word', spoil: (row) => (row[5] = 'Kjempestor') },
  { at: 450, column: 'type', code: 'unknown_word', spoil: (row) => (row[4] = 'Romstasjon') },
  { at: 555, column: 'language', code: 'unknown_word', spoil: (row) => (row[8] = 'Klingon') },
  { at: 600, column: 'sector', code: 'unknown_word', spoil: (row) => (row[3] = 'Rombruk') },
  { at: 777, column: 'unit', code: 'missing', spoil: (row) => (row[0] = '') },
];

/**
 * Makes a frame file with planted faults: bad addresses, a repeated key, unknown organisations and words, missing strata.
 * @param organisations names of the organisations, which the units are spread over
 * @param count number of units
 */
export function plantFrame(organisations: readonly string[], count = 800): PlantedFrame {
  const rows = Array.from({ length: count }, (_, index): Row => {
    const kind = kinds[index % kinds.length] ?? kinds[0];
    const organisation = organisations[index % organisations.length] ?? '';
    const number = index + 1;
    return [
      `enhet-${String(number).padStart(4, '0')}`,
      `Åsgård ${kind.name} ${number}`,
      organisation,
      kind.sector,
      kind.type,
      sizes[Math.floor(index / kinds.length) % sizes.length] ?? 'Liten',
      `Bjørg Ødegård ${number}`,
      `leder${number}@example.org`,
      number % 10 === 0 ? 'Nynorsk' : 'Bokmål',
    ];
  });
  const used = plants.filter(({ at }) => at < count);
  const spoilt = rows.map((row): Row => [...row]);
  for (const { at, spoil } of used) {
    const row = spoilt[at];
    if (row !== undefined) spoil(row, spoilt);
  }
  return {
    text: write(spoilt),
    mended: write(rows),
    faults: used.map(({ at, column, code }) => ({ row: at + 2, column, code })),
    units: count,
  };
}

function write(rows: readonly Row[]): string {
  return [headings, ...rows].map((cells) => `${cells.join(';')}\r\n`).join('');
}

/** Writes a text in Windows-1252, of which its letters here are Latin-1. */
export function toLatin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
