import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Highs } from 'highs';
import { computeEditions, computeRelease } from '../../src/domain/benchmark/compute-release';
import { operator, type Actor } from '../../src/domain/permissions';
import { codebookSchema } from '../../src/domain/instrument/codebook';
import { estimatesAnswerSchema } from '../../src/formats/api/estimates-answer';
import { writePublishedEstimatesCsv } from '../../src/formats/api/estimates-csv';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { exportFigures } from '../../src/usecases/researcher/export-figures';
import { readPublishedEstimates } from '../../src/usecases/researcher/read-published-estimates';
import { loadActor } from '../../src/usecases/visitor/load-actor';
import { loadSolver } from '../support/attacker/linear-bounds';
import { withDatabase } from '../support/database';
import { attackAnswers, attackBounds, attackCounts, findFollowUps, type Findings } from '../support/harvest/attack';
import { attackOrganisations } from '../support/harvest/closed-networks';
import { collectWave } from '../support/harvest/collect';
import { findContradictions, joinHarvests, type Harvest } from '../support/harvest/figures';
import { generateWaves, type GeneratedWave } from '../support/harvest/generated-waves';
import { knowHarvest } from '../support/harvest/known-answers';
import { computeLeakyRelease } from '../support/harvest/leaky-release';
import { readApiAnswer, readApiCsv, readFiguresCsv } from '../support/harvest/read-files';
import { storeRelease } from '../support/harvest/store-release';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';

const codebook = codebookSchema.parse(
  JSON.parse(readFileSync(join(__dirname, '../support/instruments/example/codebook.json'), 'utf8')),
);
const waves = generateWaves(codebook);
const publicCellSize = 10;
/** Making a release of a leaking wave smaller takes minutes; the wave itself says enough. */
const attempts = { numRuns: process.env['HARVEST'] === 'all' ? 400 : 25, seed: 23, endOnFailure: true };

const database = withDatabase();
let site: RespondentApp;
let solver: Highs;
let coordinator: { readonly open: Actor; readonly closed: Actor };
let contacts: ReadonlyMap<string, Actor>;
let agent: Agent;

jest.setTimeout(1_200_000);

beforeAll(async () => {
  solver = await loadSolver();
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'open');
  await createResultsNetwork(site.context, 'closed', { isOpen: false });
  const enter = async (networkKey: string, role: 'coordinator' | 'organisation_contact', organisationKey?: string) => {
    const part = organisationKey === undefined ? {} : { organisationKey };
    const email = `${role}-${networkKey}-${organisationKey ?? ''}@example.com`;
    const { actorId } = await grantRole(site.context, operator, { email, name: email, role, networkKey, ...part });
    return loadActor(site.context, actorId);
  };
  coordinator = { open: await enter('open', 'coordinator'), closed: await enter('closed', 'coordinator') };
  const members = ['asker', 'drammen', 'lier', 'viken'];
  contacts = new Map(
    await Promise.all(members.map(async (key) => [key, await enter('closed', 'organisation_contact', key)] as const)),
  );
  agent = await signInAs(site, { role: 'coordinator', networkKey: 'open' });
});

/** Stores what is released of a wave as the newest release of the open or the closed network's. */
async function release({ isOpen, input }: GeneratedWave): Promise<string> {
  const wave = isOpen ? 'open' : 'closed';
  const { network, public: published } = computeEditions(input, isOpen ? publicCellSize : null);
  await storeRelease(site.context, wave, [
    { audience: 'network', figures: network, policy: input.policy },
    ...(published === null ? [] : [{ audience: 'public', ...published } as const]),
  ]);
  return wave;
}

/** Everything that somebody reads of one edition, through the readers and writers that the addresses call. */
async function harvestEdition(actor: Actor, waveKey: string, edition: 'network' | 'public'): Promise<Harvest> {
  const answer = await readPublishedEstimates(site.context, actor, { waveKey, edition });
  const json = estimatesAnswerSchema.parse(JSON.parse(JSON.stringify(answer)));
  const { text } =
    edition === 'public' ? { text: '' } : await exportFigures(site.context, actor, { waveKey, language: 'nb' });
  return joinHarvests([
    readApiAnswer(json, 'JSON'),
    readApiCsv(writePublishedEstimatesCsv(answer, 'nb'), 'CSV of the API'),
    ...(text === '' ? [] : [readFiguresCsv(text, edition, 'file of all figures')]),
  ]);
}

function attack(wave: GeneratedWave, harvest: Harvest, k: number): Findings {
  const knowledge = { ...knowHarvest(wave.input, harvest), k };
  return [
    ...findContradictions(harvest).map((one) => JSON.stringify(one)),
    ...attackCounts(knowledge),
    ...attackAnswers(knowledge),
    ...attackBounds(solver, knowledge, findFollowUps(wave.input)),
  ];
}

/** Releases a wave, and puts together what everybody reads of it. */
async function expectNothingFound(wave: GeneratedWave): Promise<Harvest> {
  const key = await release(wave);
  const reader = coordinator[wave.isOpen ? 'open' : 'closed'];
  const inside = await harvestEdition(reader, key, 'network');
  const outside = wave.isOpen ? [await harvestEdition(reader, key, 'public')] : [];
  const { minimumCellSize } = wave.input.policy;
  expect(attack(wave, joinHarvests([inside, ...outside]), minimumCellSize)).toEqual([]);
  for (const edition of outside) expect(attack(wave, edition, publicCellSize)).toEqual([]);
  if (wave.isOpen) return inside;
  for (const [organisation, contact] of contacts) {
    const own = await harvestEdition(contact, key, 'network');
    const others = own.figures.filter(({ group }) => /(?:organisation|rest)=/.test(group));
    expect(others.filter(({ group }) => !group.includes(`=${organisation}`))).toEqual([]);
    expect(attackOrganisations(wave.input, own, organisation)).toEqual([]);
  }
  return inside;
}

describe('everything stored of generated networks', () => {
  test('tells nothing of a small set, whoever puts all of it together', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(waves, async (wave) => {
        const inside = await expectNothingFound(wave);
        shown += inside.figures.filter((one) => one.shown !== null).length;
      }),
      attempts,
    );
    expect(shown).toBeGreaterThan(1000);
  });

  test('tells nothing of a small set where peer groups overlap', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(generateWaves(codebook, { hasPeers: true }), async (wave) => {
        const { figures } = await expectNothingFound(wave);
        shown += figures.filter((one) => one.shown !== null && one.group.startsWith('peers=')).length;
      }),
      { ...attempts, numRuns: Math.ceil(attempts.numRuns / 2) },
    );
    expect(shown).toBeGreaterThan(100);
  });

  test.each(['threshold', 'complement', 'audit'] as const)(
    'is found out where the rule of %s is left out',
    async (rule) => {
      const found = [];
      for (const wave of fc.sample(waves, { numRuns: 12, seed: 6 }).filter(({ isOpen }) => isOpen)) {
        const { input } = wave;
        const figures = computeLeakyRelease(input, computeRelease(input), rule);
        await storeRelease(site.context, 'open', [{ audience: 'network', figures, policy: input.policy }]);
        const harvest = await harvestEdition(coordinator.open, 'open', 'network');
        found.push(attack(wave, harvest, input.policy.minimumCellSize).length > 0);
      }
      expect(found.filter((one) => one).length).toBeGreaterThan(1);
    },
  );

  test('says the same on pages', async () => {
    const open = fc.sample(waves, { numRuns: 12, seed: 4 }).filter(({ isOpen }) => isOpen);
    for (const wave of open.slice(0, 3)) {
      await release(wave);
      const { harvest, pages } = await collectWave(agent, 'open', { every: 1 });
      expect(pages.read).toBe(pages.all);
      expect(findContradictions(harvest)).toEqual([]);
      expect(attack(wave, harvest, wave.input.policy.minimumCellSize)).toEqual([]);
    }
  });
});
