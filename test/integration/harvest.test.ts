import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReleaseInput } from '../../src/domain/benchmark/compute-release';
import { operator } from '../../src/domain/permissions';
import { correctRelease } from '../../src/usecases/coordinator/correct-release';
import { attackByDifferences } from '../support/attacker/differences';
import { loadSolver } from '../support/attacker/linear-bounds';
import { attackLaterRelease } from '../support/attacker/two-releases';
import { withDatabase } from '../support/database';
import { attackAnswers, attackBounds, attackCounts, findFollowUps } from '../support/harvest/attack';
import {
  collectWave,
  fetchFile,
  fetchText,
  fileNames,
  hash,
  type Collected,
  type FileName,
} from '../support/harvest/collect';
import {
  demoNetwork,
  fillDemoDatabase,
  insiders,
  outsiders,
  signInEverybody,
  type DemoPerson,
} from '../support/harvest/demo-site';
import {
  addressOf,
  findContradictions,
  findTellingDifferences,
  joinHarvests,
  listShown,
} from '../support/harvest/figures';
import { knowHarvest, loadReleaseInput } from '../support/harvest/known-answers';
import { computeLeakyRelease, readSoundRelease, type SoundRelease } from '../support/harvest/leaky-release';
import { readBoardFile, readBoardPage } from '../support/harvest/read-board';
import { storeRelease } from '../support/harvest/store-release';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import type { Agent } from '../support/results-network';

/**
 * Everything takes about half an hour: HARVEST=all npx jest test/integration/harvest. Otherwise a sample is taken: all files,
 * some pages, some figures by counts, and bounds for what everybody was asked.
 */
const isWhole = process.env['HARVEST'] === 'all';
const everyPage = isWhole ? 1 : 29;
const everyCount = isWhole ? 1 : 13;
const releasedWaves = ['2022', '2024'] as const;

const database = withDatabase();
const folder = mkdtempSync(join(tmpdir(), 'barometer-harvest-'));
let site: RespondentApp;
let people: Readonly<Record<DemoPerson, Agent>>;
const seen = new Map<string, Collected>();
const inputs = new Map<string, ReleaseInput>();

jest.setTimeout(isWhole ? 3_600_000 : 600_000);

beforeAll(async () => {
  await fillDemoDatabase(database.url(), folder);
  site = await createRespondentApp(database.db());
  people = await signInEverybody(site);
  for (const [at, wave] of releasedWaves.entries()) {
    inputs.set(wave, await loadReleaseInput(site.context, wave));
    seen.set(wave, await collectWave(people.coordinator, wave, { every: everyPage, from: at }));
  }
  seen.set('2024 public', await collectWave(people.nobody, '2024', { every: everyPage, from: 7 }));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const [network22, network24, public24] = ['2022', '2024', '2024 public'].map((name) => () => seen.get(name)!);

describe('everything shown of the demo network', () => {
  test('says the same of a figure on pages, in charts, in lists of members, in files and in the API', () => {
    for (const { harvest, pages } of seen.values()) {
      expect(findContradictions(harvest)).toEqual([]);
      expect(pages.read).toBeGreaterThanOrEqual(Math.floor(pages.all / everyPage));
      const sources = new Set(harvest.figures.map(({ source }) => source.replace(/ (nb|nn|en|da)$/, '')));
      expect([...sources].toSorted()).toEqual(
        ['CSV of the API', 'JSON', 'file of a page in', 'file of all figures', 'members', 'page'].toSorted(),
      );
      expect(listShown(harvest).length).toBeGreaterThan(9_000);
      expect(findTellingDifferences(harvest)).toEqual([]);
    }
  });

  test('puts the same in the place of every hidden figure, as long as that of any other', () => {
    for (const { harvest } of seen.values()) {
      const marks = new Map(harvest.hiddenMarks.map(({ place, mark }) => [place, mark]));
      expect(marks.size).toBeGreaterThan(5);
      expect(harvest.hiddenMarks.filter(({ place, mark }) => mark !== marks.get(place))).toEqual([]);
    }
  });

  test.each(insiders)('is the same for everybody in the network: %s', async (who) => {
    for (const wave of releasedWaves) {
      const { files, choices } = seen.get(wave)!;
      for (const name of isWhole ? fileNames : sampleFiles(who, wave)) {
        expect(hash(await fetchFile(people[who], wave, name))).toBe(files[name]);
      }
      for (const { value } of isWhole ? choices.organisations : choices.organisations.slice(0, 2)) {
        const path = `/runder/${wave}/sammenligning?organisasjon=${value}&gruppe=health&lang=nb`;
        const [own, other] = await Promise.all(
          [people[who], people.coordinator].map((agent) => fetchText(agent, path)),
        );
        expect(hash(readMain(own!))).toBe(hash(readMain(other!)));
      }
    }
  });

  test.each(outsiders)('is for others the public edition alone: %s', async (who) => {
    const { files, choices, harvest } = public24!();
    expect(choices.waves.map(({ value }) => value)).toEqual(['2024']);
    expect(new Set(harvest.figures.map(({ edition }) => edition))).toEqual(new Set(['public']));
    const [page, same] = await Promise.all(
      [people[who], people.nobody].map((agent) => fetchText(agent, '/runder/2024/sammenligning?lang=nb')),
    );
    expect(hash(readMain(page!))).toBe(hash(readMain(same!)));
    const asked = await fetchText(people[who], '/api/v1/waves/2024/estimates?edition=network');
    expect(hash(asked)).toBe(files.JSON);
    const closed = ['sammenligning', 'sammenligning.csv', 'tall.csv', 'deltakelse', 'deltakelse.csv'].flatMap((name) =>
      ['2022', '2026', 'prove-2025', '2028', 'finnes-ikke'].map((wave) => `/runder/${wave}/${name}`),
    );
    for (const path of [...closed, '/runder/2024/deltakelse', `/nettverk/${demoNetwork}`]) {
      const { status, text } = await people[who].get(path);
      expect([path, status]).toEqual([path, who === 'nobody' ? 401 : 404]);
      expect(text).not.toMatch(/Asker|Bærum|innovasjonsnettverk \(/);
    }
  });

  test('rests on at least seven answers in the network and on ten in public, where nothing else is told', () => {
    const shownTo = (collected: Collected) =>
      new Map(listShown(collected.harvest).map((one) => [addressOf({ ...one, edition: '' }), one.shown]));
    const [inside, outside] = [shownTo(network24!()), shownTo(public24!())];
    expect(Math.min(...[...inside.values()].map(({ n }) => n))).toBe(7);
    expect(Math.min(...[...outside.values()].map(({ n }) => n))).toBe(10);
    expect(outside.size).toBeLessThan(inside.size);
    const others = [...outside].filter(([address, { n, percent, isCoarse }]) => {
      const own = inside.get(address);
      return own?.n !== n || (!isCoarse && (own.percent !== percent || own.isCoarse));
    });
    expect(others).toEqual([]);
  });

  test('tells on boards of groups from which no smaller one follows', async () => {
    for (const wave of [...releasedWaves, '2026', 'prove-2025', '2028']) {
      const files = await Promise.all(
        (['coordinator', 'contact of Asker', 'contact of Oslo'] as const).map(async (who) => {
          return readBoardFile((await people[who].get(`/runder/${wave}/deltakelse.csv`)).text);
        }),
      );
      const groups = [...new Map(files.flat().map((one) => [one.group, one])).values()];
      if (wave !== '2028') expect(groups.length).toBeGreaterThan(20);
      expect(groups.filter(({ n }) => n < 7)).toEqual([]);
      expect(attackByDifferences(groups, 7)).toEqual([]);
    }
    const rows = readBoardPage((await people.coordinator.get('/runder/2026/deltakelse')).text);
    const file = readBoardFile((await people.coordinator.get('/runder/2026/deltakelse.csv')).text);
    const asker = rows.find(({ name }) => name === 'Asker')!;
    const { n, answered } = file.find(({ group }) => group === 'organisation=asker')!;
    expect([asker.cells.get('Invitert'), asker.cells.get('Svart')]).toEqual([String(n), String(answered)]);
  });
});

/** One file each, so that every file is looked at by somebody. */
function sampleFiles(who: (typeof insiders)[number], wave: string): readonly FileName[] {
  const at = insiders.indexOf(who) + (wave === '2022' ? 1 : 0);
  return [fileNames[at % fileNames.length]!];
}

function readMain(html: string): string {
  return /<main.*<\/main>/s.exec(html)?.[0] ?? '';
}

/** What each reader knows: those of the network both editions. */
const readers = [
  { who: 'the network of 2022', wave: '2022', k: 7, read: () => [network22!()] },
  { who: 'the network of 2024, both editions', wave: '2024', k: 7, read: () => [network24!(), public24!()] },
  { who: 'everybody of 2024', wave: '2024', k: 10, read: () => [public24!()] },
];

describe.each(readers)('an attacker who has read everything told $who', ({ wave, k, read }) => {
  const know = () => {
    const harvest = joinHarvests(read().map((one) => one.harvest));
    return { ...knowHarvest(inputs.get(wave)!, harvest), k };
  };

  test('finds no small set by reading, by subtraction and by algebra', () => {
    expect(attackCounts(know())).toEqual([]);
  });

  test('finds no answers of a small set by whole counts that give the printed per cents', () => {
    const knowledge = know();
    const figures = knowledge.figures.filter((_, at) => at % everyCount === 0);
    expect(attackAnswers({ ...knowledge, figures })).toEqual([]);
  });

  // For questions asked of some, he must also know how many of a hidden group were asked, which is an answer itself.
  test.each(isWhole ? ['everybody', 'some'] : ['everybody'])(
    'finds no answers of a hidden group by linear bounds, questions asked of %s',
    async (asked) => {
      const knowledge = know();
      const questions = knowledge.questions.filter(({ isAskedOfAll }) => isAskedOfAll === (asked === 'everybody'));
      const followUps = findFollowUps(inputs.get(wave)!);
      expect(attackBounds(await loadSolver(), { ...knowledge, questions }, followUps)).toEqual([]);
    },
  );
});

describe('the same attacker, of a release with a rule left out', () => {
  let sound: SoundRelease;
  beforeAll(async () => {
    sound = await readSoundRelease(site.context, '2022');
  });
  const leaks = [
    { rule: 'threshold', attack: attackCounts, trace: /^printed: / },
    { rule: 'complement', attack: attackCounts, trace: /^(?:difference|union): / },
    { rule: 'audit', attack: attackAnswers, trace: /^counts: / },
  ] as const;
  test.each(leaks)('finds what the rule of $rule protects', async ({ rule, attack, trace }) => {
    const input = inputs.get('2022')!;
    const { policy } = input;
    const figures = computeLeakyRelease(input, sound, rule);
    await storeRelease(site.context, '2022', [{ audience: 'network', figures, policy }]);
    const { harvest } = await collectWave(people.coordinator, '2022', {
      every: isWhole ? 7 : 211,
      files: isWhole ? fileNames : ['JSON'],
    });
    expect(findContradictions(harvest)).toEqual([]);
    const knowledge = knowHarvest(input, harvest);
    const some = knowledge.figures.filter((_, at) => isWhole || rule !== 'audit' || at % everyCount === 0);
    const found = attack({ ...knowledge, figures: some });
    expect(found.filter((line) => trace.test(line)).length).toBeGreaterThan(3);
  });
});

/** A minute and a half; networks of generated answers are corrected, and one over HTTP, in every run. */
const describeWhole = isWhole ? describe : describe.skip;

describeWhole('the same attacker, of a correction under stricter rules', () => {
  test('finds nothing in it that was not there, and no small set in both together', async () => {
    const before = [network24!(), public24!()].map(({ harvest }) => harvest);
    await database.db().raw(
      `INSERT INTO release_request (wave_id, requested_by, approved_by, requested_at, visibility, reason, minimum_cell_size)
       SELECT wave.id, (SELECT min(CAST(id AS text))::uuid FROM actor), (SELECT max(CAST(id AS text))::uuid FROM actor), now(),
              'public', 'Strengere regler.', 9
         FROM wave WHERE wave.key = '2024'`,
    );
    await correctRelease(site.context, operator, { waveKey: '2024' });
    const sample = { every: 7, files: fileNames };
    const after = [
      (await collectWave(people.coordinator, '2024', sample)).harvest,
      (await collectWave(people.nobody, '2024', sample)).harvest,
    ];
    const input = inputs.get('2024')!;
    const [told, toldAll, now, nowAll] = [...before, ...after].map((one) => knowHarvest(input, one).figures);
    expect(now!.length).toBeGreaterThan(5000);
    expect(Math.min(...now!.map(({ n }) => n))).toBe(9);
    expect(attackLaterRelease(told!, now!)).toEqual([]);
    expect(attackLaterRelease(toldAll!, nowAll!)).toEqual([]);
    for (const one of after) expect(findContradictions(one)).toEqual([]);
    const knowledge = { ...knowHarvest(input, joinHarvests([...before, ...after])), k: 7 };
    expect(attackCounts(knowledge)).toEqual([]);
    const figures = knowledge.figures.filter((_, at) => at % (everyCount * 10) === 0);
    expect(attackAnswers({ ...knowledge, figures })).toEqual([]);
  });
});
