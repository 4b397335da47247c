import { createHash } from 'node:crypto';
import type { EstimatesAnswer } from '../../../src/formats/api/estimates-answer';
import type { Agent } from '../results-network';
import { joinHarvests, type Harvest } from './figures';
import { readApiAnswer, readApiCsv, readBesideGroup, readFiguresCsv, readLabels } from './read-files';
import { readComparisonPage } from './read-page';

const languages = ['nb', 'nn', 'en', 'da'] as const;

/** What the filter of a comparison page offers. */
interface PageChoices {
  readonly organisations: readonly Choice[];
  readonly themes: readonly Choice[];
  /** Empty: no breakdown. */
  readonly categories: readonly Choice[];
  readonly comparators: readonly Choice[];
  readonly waves: readonly Choice[];
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Everything that somebody can fetch of one wave. */
export interface Collected {
  readonly harvest: Harvest;
  readonly choices: PageChoices;
  /** How many pages were read, of how many. */
  readonly pages: { readonly read: number; readonly all: number };
  /** Hashes of the files as they came. */
  readonly files: Readonly<Record<FileName, string>>;
}

/** Which of the pages to read, every so many-th, and which of the files; left out: all files. */
export interface Sample {
  readonly every: number;
  readonly from?: number;
  readonly files?: readonly FileName[];
}

const files = {
  'all figures': (wave: string) => `/runder/${wave}/tall.csv?lang=nb`,
  JSON: (wave: string) => `/api/v1/waves/${wave}/estimates`,
  CSV: (wave: string) => `/api/v1/waves/${wave}/estimates?format=csv&lang=nb`,
} as const;
export const fileNames = ['all figures', 'JSON', 'CSV'] as const satisfies readonly (keyof typeof files)[];
export type FileName = (typeof fileNames)[number];

/** Fetches a file as it comes to everybody in bokmål. */
export function fetchFile(agent: Agent, wave: string, name: FileName): Promise<string> {
  return fetchText(agent, files[name](wave));
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Fetches files and pages of a wave, and reads all figures out of them. */
export async function collectWave(agent: Agent, wave: string, sample: Sample): Promise<Collected> {
  const path = `/runder/${wave}`;
  const wanted = new Set(sample.files ?? fileNames);
  const json = await fetchFile(agent, wave, 'JSON');
  const answer = JSON.parse(json) as EstimatesAnswer;
  const { edition } = answer.release;
  const fetchWanted = async (name: FileName): Promise<string> => (wanted.has(name) ? fetchFile(agent, wave, name) : '');
  const [csv, figures] = [await fetchWanted('CSV'), await fetchWanted('all figures')];
  const choices = readChoices(await fetchText(agent, `${path}/sammenligning`));
  const addresses = choices.organisations.flatMap((organisation) =>
    choices.themes.flatMap((theme) => choices.categories.map((category) => ({ organisation, theme, category }))),
  );
  const chosen = addresses.filter((_, index) => index % sample.every === (sample.from ?? 0) % sample.every);
  const pages: Harvest[] = [];
  for (const [index, address] of chosen.entries()) {
    const language = languages[index % languages.length]!;
    const place = { ...address, path, language, wave, edition, choices };
    const others = listComparators(place);
    for (const comparator of ['resten', others[index % others.length]!])
      pages.push(await collectPage(agent, place, comparator));
  }
  return {
    harvest: joinHarvests([
      ...(figures === '' ? [] : [readFiguresCsv(figures, edition, 'file of all figures')]),
      readApiAnswer(answer, 'JSON'),
      ...(csv === '' ? [] : [readApiCsv(csv, 'CSV of the API')]),
      ...pages,
    ]),
    choices,
    pages: { read: chosen.length, all: addresses.length },
    files: { 'all figures': hash(figures), JSON: hash(json), CSV: hash(csv) },
  };
}

interface PagePlace {
  readonly organisation: Choice;
  readonly theme: Choice;
  readonly category: Choice;
  readonly path: string;
  readonly language: (typeof languages)[number];
  readonly wave: string;
  readonly edition: string;
  readonly choices: PageChoices;
}

/** Groups of the wave, other than the rest, that a page's figures can be compared with. */
function listComparators({ organisation, category, choices }: PagePlace): readonly string[] {
  const isOther = (value: string): boolean => value.startsWith('medlem-') && value !== `medlem-${organisation.value}`;
  const isPeers = (value: string): boolean => value.startsWith('gruppe-') && category.value === '';
  return choices.comparators
    .map(({ value }) => value)
    .filter((value) => value === 'nettverket' || isOther(value) || isPeers(value));
}

/** Reads a page that compares with something, and its file. */
async function collectPage(agent: Agent, place: PagePlace, comparator: string): Promise<Harvest> {
  const { organisation, theme, category, path, language, wave, edition, choices } = place;
  const query = new URLSearchParams({ organisasjon: organisation.value, tema: theme.value, gruppe: category.value });
  query.set('mot', comparator);
  query.set('lang', language);
  const html = await fetchText(agent, `${path}/sammenligning?${query.toString()}`);
  const file = await fetchText(agent, `${path}/sammenligning.csv?${query.toString()}`);
  const suffix =
    category.value === '' ? '' : `;${/^[SML]$/.test(category.value) ? 'size' : 'sector'}=${category.value}`;
  const own = `organisation=${organisation.value}${suffix}`;
  return joinHarvests([
    readFiguresCsv(file, edition, `file of a page in ${language}`),
    readComparisonPage(html, {
      wave,
      edition,
      language,
      own,
      beside: comparator === 'resten' ? `rest=${organisation.value}${suffix}` : readBesideGroup(file),
      members: new Map(choices.organisations.map(({ value, label }) => [label, `organisation=${value}${suffix}`])),
      labels: readLabels(file, own),
    }),
  ]);
}

export async function fetchText(agent: Agent, path: string): Promise<string> {
  const response = await agent.get(path);
  if (response.status !== 200) throw new RangeError(`${path} answers ${response.status}`);
  return response.text;
}

function readChoices(html: string): PageChoices {
  const read = (name: string): readonly Choice[] => {
    const [, select = ''] = new RegExp(`<select[^>]*name="${name}"[^>]*>(.*?)</select>`, 's').exec(html) ?? [];
    return [...select.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)<\/option>/g)].map(([, value = '', label = '']) => {
      return { value, label };
    });
  };
  return {
    organisations: read('organisasjon'),
    themes: read('tema'),
    categories: read('gruppe'),
    comparators: read('mot'),
    waves: read('runde'),
  };
}
