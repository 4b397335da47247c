/**
 * Types of unit that a frame may hold, each with the industry group that Statistics Denmark would place it in: the
 * divisions (first two digits) of Dansk Branchekode 2007 (DB07), which are those of NACE Rev. 2 and of the Norwegian
 * SN2007. Divisions: 36 water supply, 37 sewerage, 38 waste, 49 land transport, 68 real estate, 84 public administration
 * and fire service, 85 education, 86 human health, 87 residential care, 88 social work without accommodation (day care
 * of children included), 90 arts, 91 libraries and museums, 93 sports and recreation. Source: Danmarks Statistik,
 * "Dansk Branchekode 2007 - DB07"; Eurostat, "NACE Rev. 2". `annet` has none.
 */
const industryGroups = {
  barnehage: '88',
  grunnskole: '85',
  sfo: '88',
  videregaende_skole: '85',
  voksenopplaering: '85',
  kulturskole: '85',
  ppt: '85',
  sykehjem: '87',
  hjemmetjeneste: '88',
  helsestasjon: '86',
  legevakt: '86',
  tannhelse: '86',
  rehabilitering: '86',
  botilbud: '87',
  barnevern: '88',
  nav: '88',
  dagtilbud: '88',
  bibliotek: '91',
  museum: '91',
  kultur: '90',
  idrett: '93',
  vann_avlop: '36',
  renovasjon: '38',
  samferdsel: '49',
  eiendom: '68',
  plan_bygg: '84',
  brann_redning: '84',
  stab: '84',
  annet: null,
} as const;

export type UnitType = keyof typeof industryGroups;

/** Types in the order of the documentation. */
export const unitTypes: readonly string[] = Object.keys(industryGroups);

/**
 * @param text a cell of a frame
 * @returns true when the text is a declared type of unit
 */
export function isUnitType(text: string): text is UnitType {
  return Object.hasOwn(industryGroups, text);
}

/**
 * Maps a type of unit to the industry groups of the Danish figures.
 * @param type declared type of unit
 * @returns two-digit division of DB07, or null for a type that has none
 */
export function industryGroupOf(type: UnitType): string | null {
  return industryGroups[type];
}
