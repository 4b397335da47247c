import { languages, type Language } from '../languages';
import { normaliseWord } from './normalise-word';
import { readEmployeeCount, sizeClassOf } from './size-classes';
import { sectors, sizes, type Sector, type SizeClass } from './types';
import { unitTypes } from './unit-types';

/** Columns that hold one of a few words. */
export const worded = ['sector', 'type', 'size', 'invited', 'language'] as const;
export type WordedColumn = (typeof worded)[number];

/** Codes that each of them may hold. */
export const codesOf: Readonly<Record<WordedColumn, readonly string[]>> = {
  sector: sectors,
  type: unitTypes,
  size: sizes,
  invited: ['0', '1'],
  language: languages,
};

/** Other words for the codes, in bokmål, nynorsk, English and Danish, normalised. */
const sectorWords: Readonly<Record<Sector, string>> = {
  education:
    'oppvekst og utdanning|oppvekst|utdanning|opplæring|skole og barnehage|barnehage og skole|skule og barnehage|skole|skule|barnehage|oppvekst og læring|børn og unge|undervisning|uddannelse|dagtilbud og skole|schools|childcare and education|education and childcare',
  health:
    'helse og omsorg|helse|omsorg|pleie og omsorg|helse og mestring|helse omsorg|sundhed|sundhed og omsorg|omsorg og sundhed|health and care|care',
  social:
    'sosiale tjenester|sosiale tenester|sosial|sosialtjenester|velferd|nav|barnevern|social|socialområdet|sociale tilbud|social services|welfare',
  culture: 'kultur|kultur og idrett|kultur og fritid|kulturområdet|culture and leisure|culture and sports',
  technical:
    'tekniske tjenester|tekniske tenester|teknisk|teknisk sektor|samfunnsutvikling|teknik|teknik og miljø|tekniske tjenesteområder|samferdsel|plan og teknisk|technical services|infrastructure',
  administration:
    'administrasjon|stab|stab og støtte|sentraladministrasjon|ledelse og administrasjon|forvaltning|administration|stabe|central administration|staff functions',
};
const sizeWords: Readonly<Record<SizeClass, string>> = {
  S: 'liten|lita|små|lite|lille|small|1 19|under 20',
  M: 'mellomstor|middels|medium|mellem|mellemstor|mellom|mid sized|20 49',
  L: 'stor|store|large|big|50|50 eller flere|over 49',
};
const typeWords: Readonly<Record<string, string>> = {
  barnehage: 'barnehagar|barnehager|kindergarten|børnehave|preschool',
  grunnskole:
    'skole|skule|grunnskule|barneskole|barneskule|ungdomsskole|ungdomsskule|folkeskole|primary school|school|barne og ungdomsskole',
  sfo: 'skolefritidsordning|skulefritidsordning|aktivitetsskole|aks|after school care',
  videregaende_skole: 'videregående|videregående skole|vidaregåande skule|vgs|gymnasium|upper secondary school',
  voksenopplaering: 'voksenopplæring|vaksenopplæring|voksenopplæringssenter|voksenuddannelse|adult education',
  kulturskole: 'kulturskule|musikkskole|school of arts',
  ppt: 'pedagogisk psykologisk tjeneste|pp tjenesten|ppr',
  sykehjem:
    'sjukeheim|sykeheim|sjukeheimen|plejehjem|plejecenter|nursing home|helsehus|omsorgssenter|bo og omsorgssenter',
  hjemmetjeneste:
    'hjemmetjenester|hjemmetjenesten|heimeteneste|heimetenester|hjemmesykepleie|heimesjukepleie|hjemmepleje|home care',
  helsestasjon: 'helsestasjonar|skolehelsetjeneste|sundhedspleje|health centre|helsestasjon og skolehelsetjeneste',
  legevakt: 'legevakta|lægevagt|emergency clinic',
  tannhelse: 'tannklinikk|tannhelsetjeneste|tandpleje|dental clinic|dental care',
  rehabilitering: 'rehabilitation|rehabiliteringssenter|fysio og ergoterapi|genoptræning',
  botilbud: 'bofellesskap|bufellesskap|bustad|bolig|bosted|omsorgsbolig|supported housing|botjeneste',
  barnevern: 'barnevernstjeneste|barnevernteneste|barnevernet|child welfare',
  nav: 'nav kontor|sosialkontor|jobcenter|nav office',
  dagtilbud: 'dagsenter|dagaktivitet|aktivitetssenter|day care centre|dagcenter',
  bibliotek: 'folkebibliotek|library|bibliotekar',
  museum: 'museer|museums',
  kultur: 'kulturhus|kulturkontor|culture|kino|kulturcenter',
  idrett: 'idrettsanlegg|svømmehall|symjehall|idræt|sport|sports',
  vann_avlop: 'vann og avløp|vatn og avløp|va|vand og spildevand|water and sewerage|water|vannverk',
  renovasjon: 'avfall|renovation|affald|waste',
  samferdsel: 'vei|veg|vei og trafikk|veg og trafikk|transport|kollektiv|roads',
  eiendom: 'eigedom|eiendomsforvaltning|ejendomme|property|bygg og eiendom|renhold',
  plan_bygg: 'plan og bygg|byggesak|plan|plan og byggesak|byggesag|planning and building',
  brann_redning: 'brann|brannvesen|brann og redning|brandvæsen|fire service|fire and rescue',
  stab: 'stabsenhet|administrasjon|rådhus|økonomi|hr|ikt|it|staff|stab og støtte|administration|kommunedirektørens stab',
  annet: 'anna|andet|other|øvrige|øvrig',
};
const invitedWords: Readonly<Record<string, string>> = {
  '0': 'nei|no|nej|false|usann|n',
  '1': 'ja|yes|true|sann|x|j|y',
};
const languageWords: Readonly<Record<Language, string>> = {
  nb: 'bokmål|norsk|norsk bokmål|no|nor|nob|norwegian',
  nn: 'nynorsk|norsk nynorsk|nno',
  en: 'engelsk|english|eng|en gb|en us',
  da: 'dansk|danish|dan|dk',
};

function index(column: WordedColumn, words: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const own = codesOf[column].map((code): [string, string] => [normaliseWord(code), code]);
  const others = Object.entries(words).flatMap(([code, list]) =>
    list.split('|').map((word): [string, string] => [normaliseWord(word), code]),
  );
  return new Map([...others, ...own]);
}

const known: Readonly<Record<WordedColumn, ReadonlyMap<string, string>>> = {
  sector: index('sector', sectorWords),
  type: index('type', typeWords),
  size: index('size', sizeWords),
  invited: index('invited', invitedWords),
  language: index('language', languageWords),
};

/** Words of one file that somebody has given a meaning: code by normalised word. */
export type OwnWords = Readonly<Partial<Record<WordedColumn, Readonly<Record<string, string>>>>>;

/**
 * Understands a word for a sector, a type, a size, yes or no, or a language. A size may also be a number of employees.
 * @param column what the word is about
 * @param found the cell
 * @param own meanings that somebody has chosen for this file
 * @returns the code, or null for an unknown word
 */
export function readWord(column: WordedColumn, found: string, own: OwnWords = {}): string | null {
  const word = normaliseWord(found);
  const chosen = own[column];
  if (chosen !== undefined && Object.hasOwn(chosen, word)) return chosen[word] ?? null;
  const employees = column === 'size' ? readEmployeeCount(found) : null;
  if (employees !== null) return sizeClassOf(employees);
  return known[column].get(word) ?? null;
}
