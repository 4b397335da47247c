import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Context } from '../../src/context';
import { createResultCache } from '../../src/db/released-waves';
import { createInstrumentCache } from '../../src/db/instruments';
import { createRespondentBatches } from '../../src/db/respondent-batches';
import { loadConfig } from '../../src/config';
import { sizes, type Disposition } from '../../src/domain/fieldwork/types';
import { anonymous, operator, type Actor, type RoleGrant } from '../../src/domain/permissions';
import { readComparison } from '../../src/usecases/coordinator/read-comparison';
import type { WaveJobProgress } from '../../src/domain/fieldwork/wave-job';
import { createIdentityClient } from '../../src/identity/create-identity-client';
import { freezeInThreads, type FreezeRelease } from '../../src/platform/freeze-in-threads';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { exportFigures } from '../../src/usecases/researcher/export-figures';
import { readEstimates } from '../../src/usecases/researcher/read-estimates';
import { createClosedWave, importedOrganisations, type ImportedUnit } from '../support/closed-wave';
import { withDatabase } from '../support/database';

const database = withDatabase();

function createTestContext(): Context {
  return {
    db: database.db(),
    config: loadConfig({ NODE_ENV: 'test' }),
    log: pino({ level: 'silent' }),
    now: () => new Date('2026-03-04T10:00:00Z'),
    randomBytes,
    instruments: createInstrumentCache(),
    respondents: createRespondentBatches(database.db(), { size: 1, workers: 1 }),
    results: createResultCache(),
    identity: createIdentityClient({ allowsLoopback: false }),
    mailer: null,
    registers: null,
    freeze: freezeInThreads,
    baselines: { rows: new Map(), sha256: '0'.repeat(64) },
    softwareVersion: '0.0.0-test',
    secrets: {
      session: randomBytes(32),
      respondentCookie: randomBytes(32),
      sealing: randomBytes(32),
      optOut: randomBytes(32),
    },
    migrations: [],
  };
}

const unitsPerCell = 12;

/** Unequal strata: 10 of 12 invited, one of them ineligible, 3 to 8 answers a cell; Viken has three answers in all. */
function createUnits(): ImportedUnit[] {
  return importedOrganisations.flatMap(({ key: organisation }, organisationIndex) =>
    (['education', 'health'] as const).flatMap((sector, sectorIndex) =>
      sizes.flatMap((size, sizeIndex) => {
        const cell = organisationIndex * 6 + sectorIndex * 3 + sizeIndex;
        const answering = organisation === 'viken' ? Number(sizeIndex === 0) + Number(cell % 6 === 0) : 5 + (cell % 4);
        return Array.from({ length: unitsPerCell }, (_, index): ImportedUnit => {
          const isInvited = index < 10;
          const noAnswer: Disposition = index === 9 ? 'NE' : 'NC';
          const usesTool = (['yes', 'no', 'yes', 'dont_know', 'yes', 'no'] as const)[(index * 5 + cell) % 6] ?? 'no';
          const hasPurposes = usesTool === 'yes' && index !== 2;
          return {
            unit: `${organisation}-${cell}-${index}`,
            organisation,
            sector,
            size,
            isInvited,
            disposition: isInvited ? (index < answering ? 'I' : noAnswer) : null,
            usesTool,
            purposes: hasPurposes
              ? ([['planning'], ['planning', 'writing'], ['contact']][(index + cell) % 3] ?? [])
              : [],
            training: ['agree', 'disagree', 'agree', 'dont_know'][(index + sectorIndex) % 4] ?? 'agree',
          };
        });
      }),
    ),
  );
}

const units = createUnits();
const answered = units.filter(({ disposition }) => disposition === 'I');

interface Brute {
  readonly n: number;
  readonly share: number;
  readonly se: number;
  readonly seNoFpc: number;
  readonly df: number;
}

/** The estimate from the respondents themselves, without a line of the program's: every cell has two respondents. */
function bruteForce(
  isIn: (unit: ImportedUnit) => boolean,
  isValid: (unit: ImportedUnit) => boolean,
  isYes: (unit: ImportedUnit) => boolean,
): Brute {
  const cellOf = (unit: ImportedUnit) => `${unit.organisation} ${unit.sector} ${unit.size}`;
  const domain = answered.filter((unit) => isIn(unit) && isValid(unit));
  const base = unitsPerCell / 10;
  const eligible = units.filter(({ disposition }) => disposition !== null && disposition !== 'NE');
  const describeCell = (cell: string) => {
    const respondents = answered.filter((unit) => cellOf(unit) === cell).length;
    const total = eligible.filter((unit) => cellOf(unit) === cell).length * base;
    return { respondents, total, weight: total / respondents };
  };
  const weightOf = (unit: ImportedUnit) => describeCell(cellOf(unit)).weight;
  const weights = domain.reduce((sum, unit) => sum + weightOf(unit), 0);
  const share = domain.filter(isYes).reduce((sum, unit) => sum + weightOf(unit), 0) / weights;
  const cells = [...new Set(domain.map(cellOf))];
  let variance = 0;
  let varianceNoFpc = 0;
  for (const cell of cells) {
    const { respondents, total } = describeCell(cell);
    const z = answered
      .filter((unit) => cellOf(unit) === cell)
      .map((unit) => (domain.includes(unit) ? (weightOf(unit) * (Number(isYes(unit)) - share)) / weights : 0));
    const mean = z.reduce((sum, value) => sum + value, 0) / respondents;
    const term = (respondents / (respondents - 1)) * z.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    varianceNoFpc += term;
    variance += (1 - respondents / total) * term;
  }
  return {
    n: domain.length,
    share,
    se: Math.sqrt(variance),
    seNoFpc: Math.sqrt(varianceNoFpc),
    df: domain.length - cells.length,
  };
}

function createPerson(...grants: RoleGrant[]): Actor {
  return { kind: 'person', id: '00000000-0000-4000-8000-000000000001', name: 'Test', grants };
}

async function networkIdOf(key: string): Promise<string> {
  const result = await database.db().raw<{ rows: { id: string }[] }>('SELECT id FROM network WHERE key = ?', [key]);
  return result.rows[0]?.id ?? '';
}

async function instrumentIdOf(waveKey: string): Promise<string> {
  const result = await database
    .db()
    .raw<{ rows: { id: string }[] }>('SELECT instrument_version_id AS id FROM wave WHERE key = ?', [waveKey]);
  return result.rows[0]?.id ?? '';
}

async function organisationIdOf(key: string): Promise<string> {
  const result = await database
    .db()
    .raw<{ rows: { id: string }[] }>('SELECT id FROM organisation WHERE key = ?', [key]);
  return result.rows[0]?.id ?? '';
}

async function readRows(waveKey: string) {
  const result = await database.db().raw<{ rows: unknown[] }>(
    `SELECT indicator, option, group_key, is_suppressed, n, share, se, se_no_fpc, df, low, high, flags
       FROM release_estimate JOIN release ON release.id = release_id JOIN wave ON wave.id = wave_id
      WHERE wave.key = ? ORDER BY group_key, indicator, option`,
    [waveKey],
  );
  return result.rows;
}

const context = () => createTestContext();

beforeAll(async () => {
  await createClosedWave(context(), { networkKey: 'open-net', waveKey: 'open-wave', isOpen: true, units });
  await createClosedWave(context(), {
    networkKey: 'again-net',
    waveKey: 'again-wave',
    isOpen: true,
    units: [...units].reverse(),
  });
  await createClosedWave(context(), { networkKey: 'ended-net', waveKey: 'ended-wave', isOpen: true, units });
  await createClosedWave(context(), { networkKey: 'closed-net', waveKey: 'closed-wave', isOpen: false, units });
  await createClosedWave(context(), { networkKey: 'secret-net', waveKey: 'secret-wave', isOpen: true, units });
  for (const waveKey of ['open-wave', 'again-wave', 'closed-wave']) await releaseWave(context(), operator, { waveKey });
});

describe('a released wave', () => {
  it('holds the estimates that the respondents themselves give', async () => {
    const records = await readEstimates(context(), operator, { waveKey: 'open-wave', precision: 'full' });
    const contributors = new Set(['asker', 'drammen', 'lier']);
    const groups: readonly [string, (unit: ImportedUnit) => boolean][] = [
      ['network', ({ organisation }) => contributors.has(organisation)],
      ['sector=health', ({ organisation, sector }) => contributors.has(organisation) && sector === 'health'],
      ['organisation=asker', ({ organisation }) => organisation === 'asker'],
      ['organisation=lier;sector=education', (unit) => unit.organisation === 'lier' && unit.sector === 'education'],
      ['organisation=drammen;size=S', ({ organisation, size }) => organisation === 'drammen' && size === 'S'],
    ];
    const figures: readonly [string, string, (unit: ImportedUnit) => boolean, (unit: ImportedUnit) => boolean][] = [
      ['uses_tool', 'yes', () => true, ({ usesTool }) => usesTool === 'yes'],
      ['uses_tool', 'dont_know', () => true, ({ usesTool }) => usesTool === 'dont_know'],
      ['purposes', 'planning', ({ purposes }) => purposes.length > 0, ({ purposes }) => purposes.includes('planning')],
      ['purposes', 'several', ({ purposes }) => purposes.length > 0, ({ purposes }) => purposes.length > 1],
      ['training', 'agree', () => true, ({ training }) => training === 'agree'],
    ];
    let shown = 0;
    for (const [group, isIn] of groups) {
      for (const [indicator, option, isValid, isYes] of figures) {
        const record = records.find(
          (one) => one.group === group && one.indicator === indicator && one.option === option,
        );
        if (record === undefined || record.suppressed) continue;
        shown += 1;
        const expected = bruteForce(isIn, isValid, isYes);
        expect(record).toMatchObject({ n: expected.n, df: expected.df });
        expect(record.share).toBeCloseTo(expected.share, 10);
        expect(record.se).toBeCloseTo(expected.se, 10);
        expect(record.se_nofpc).toBeCloseTo(expected.seNoFpc, 10);
      }
    }
    expect(shown).toBeGreaterThanOrEqual(20);
  });

  it('is the same when the same answers were collected in another order', async () => {
    const rows = await readRows('open-wave');
    expect(rows.length).toBeGreaterThan(100);
    expect(await readRows('again-wave')).toEqual(rows);
    const hashes = await database.db().raw<{ rows: Record<string, unknown>[] }>(
      `SELECT DISTINCT input_sha256, policy_sha256, lattice_sha256, instrument_sha256, baselines_sha256, software_version
         FROM release JOIN wave ON wave.id = wave_id WHERE wave.key IN ('open-wave', 'again-wave')`,
    );
    expect(hashes.rows).toEqual([expect.objectContaining({ software_version: '0.0.0-test' })]);
  });

  it('is taken up where a program that was ended left it, and forgets what it kept for that', async () => {
    const waveKey = 'ended-wave';
    const countKept = async (): Promise<number> => {
      const result = await database
        .db()
        .raw<{ rows: { kept: number }[] }>('SELECT CAST(count(*) AS integer) AS kept FROM frozen_indicator');
      return result.rows[0]?.kept ?? -1;
    };
    const seen: { known: number; told: number }[] = [];
    const watch =
      (endAfter: number): FreezeRelease =>
      (request) => {
        const attempt = { known: request.known.network.size, told: 0 };
        seen.push(attempt);
        return freezeInThreads({
          ...request,
          onSettled: async (edition, indicator, groups) => {
            await request.onSettled(edition, indicator, groups);
            attempt.told += 1;
            if (attempt.told >= endAfter) throw new Error('the program was ended');
          },
        });
      };
    const progress: WaveJobProgress[] = [];
    const release = (endAfter: number) =>
      releaseWave({ ...context(), freeze: watch(endAfter) }, operator, {
        waveKey,
        onProgress: (one) => progress.push(one),
      });
    await expect(release(2)).rejects.toThrow('the program was ended');
    const kept = await countKept();
    expect(kept).toBeGreaterThanOrEqual(2);
    expect(await readRows(waveKey)).toEqual([]);
    await release(Infinity);
    const { indicators } = (await context().instruments.load(database.db(), await instrumentIdOf(waveKey))).codebook;
    expect(seen[1]).toEqual({ known: kept, told: indicators.length - kept });
    expect(progress.at(-1)).toEqual({ phase: 'computing', done: indicators.length, total: indicators.length });
    expect(await countKept()).toBe(0);
    expect(await readRows(waveKey)).toEqual(await readRows('open-wave'));
  });

  it('shows nothing of an organisation with too few answers and leaves it out of the network', async () => {
    const records = await readEstimates(context(), operator, { waveKey: 'open-wave', precision: 'full' });
    const viken = records.filter(({ group }) => group.startsWith('organisation=viken'));
    expect(viken.length).toBeGreaterThan(0);
    expect(viken.every(({ suppressed, n, share }) => suppressed && n === null && share === null)).toBe(true);
    const network = records.find(({ group, option }) => group === 'network' && option === 'yes');
    expect(network?.n).toBe(answered.filter(({ organisation }) => organisation !== 'viken').length);
  });

  it('cannot be changed or released again', async () => {
    const db = database.db();
    for (const statement of [
      'UPDATE release SET number = 2',
      'DELETE FROM release',
      'UPDATE release_estimate SET n = 1000 WHERE NOT is_suppressed',
      'DELETE FROM release_estimate',
      `UPDATE release_comparison SET verdict = 'above' WHERE NOT is_suppressed`,
      'DELETE FROM release_hidden_reason',
    ]) {
      await expect(db.raw(statement)).rejects.toMatchObject({ constraint: 'release_immutable' });
    }
    await expect(releaseWave(context(), operator, { waveKey: 'open-wave' })).rejects.toMatchObject({
      code: 'wave_state',
    });
  });

  it('tells the audit log who released it, with hash and number but no figure', async () => {
    const events = await database
      .db()
      .raw<{ rows: unknown[] }>(
        `SELECT action, subject, detail FROM audit_event WHERE action = 'released wave' AND subject = 'open-wave'`,
      );
    expect(events.rows).toHaveLength(1);
    expect(events.rows[0]).toMatchObject({ action: 'released wave', subject: 'open-wave', detail: { number: 1 } });
    expect(JSON.stringify(events.rows)).toMatch(/"inputSha256":"[0-9a-f]{64}"/);
    expect(JSON.stringify(events.rows)).not.toMatch(/share|"n"/);
  });
});

describe('a wave that is not released', () => {
  it('gives nothing by any use case', async () => {
    const waveKey = 'secret-wave';
    const attempts = [
      readEstimates(context(), operator, { waveKey, precision: 'full' }),
      readEstimates(context(), operator, { waveKey, precision: 'rounded' }),
      exportFigures(context(), operator, { waveKey, language: 'nb' }),
      readComparison(context(), operator, { waveKey, breakdown: 'none' }),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'release_missing' } });
    }
  });

  it('is released by those who manage it only, and stays closed when the release fails', async () => {
    const networkId = await networkIdOf('secret-net');
    const researcher = createPerson({ role: 'researcher', networkId, organisationId: null });
    const elsewhere = createPerson({
      role: 'coordinator',
      networkId: await networkIdOf('open-net'),
      organisationId: null,
    });
    const input = { waveKey: 'secret-wave' };
    await expect(releaseWave(context(), researcher, input)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(releaseWave(context(), elsewhere, input)).rejects.toMatchObject({ code: 'wave_unknown' });
    await expect(releaseWave(context(), anonymous, input)).rejects.toMatchObject({ code: 'sign_in_needed' });
    await expect(releaseWave(context(), operator, { waveKey: 'no-wave' })).rejects.toMatchObject({
      code: 'wave_unknown',
    });
    const states = await database.db().raw<{ rows: unknown[] }>(`SELECT state FROM wave WHERE key = 'secret-wave'`);
    expect(states.rows).toEqual([{ state: 'closed' }]);
  });
});

describe('the comparison page', () => {
  it('shows own figure, rest by name, other members and a summary that adds up', async () => {
    const page = await readComparison(context(), operator, {
      waveKey: 'open-wave',
      organisationKey: 'asker',
      breakdown: 'none',
    });
    const [row] = page.rows;
    const own = bruteForce(
      ({ organisation }) => organisation === 'asker',
      () => true,
      ({ usesTool }) => usesTool === 'yes',
    );
    expect(row).toMatchObject({
      indicator: 'uses_tool',
      option: 'yes',
      // In steps of ten points: cells are small here.
      own: { value: { n: own.n, percent: Math.round(own.share * 10) * 10 } },
      rest: { organisations: [{ key: 'drammen' }, { key: 'lier' }] },
    });
    expect(row?.members.map(({ organisation }) => organisation.key)).toEqual(['drammen', 'lier']);
    const { above, below, noClearDifference, notTested, suppressed } = page.summary;
    expect(above + below + noClearDifference + notTested + suppressed).toBe(page.rows.length);
    expect(page.participation.network).toEqual({
      invited: 240,
      eligible: 216,
      answered: answered.length,
      responseRate: answered.length / 216,
    });
    expect(page.choices.organisations.map(({ key }) => key)).toEqual(['asker', 'drammen', 'lier', 'viken']);
    expect(JSON.stringify(page)).not.toMatch(/"se"|seNoFpc/);
  });

  it('of an organisation with too few answers shows the rest of the network and nothing of its own', async () => {
    const page = await readComparison(context(), operator, {
      waveKey: 'open-wave',
      organisationKey: 'viken',
      breakdown: 'sector',
      breakdownValue: 'health',
    });
    expect(page.rows.every(({ own, comparison }) => 'suppressed' in own && 'suppressed' in comparison)).toBe(true);
    expect(page.rows.some(({ rest }) => 'value' in rest.estimate)).toBe(true);
    expect(page.summary.suppressed).toBe(page.rows.length);
  });

  it('opens at the own organisation of somebody who has one', async () => {
    const networkId = await networkIdOf('open-net');
    const contact = createPerson({
      role: 'organisation_contact',
      networkId,
      organisationId: await organisationIdOf('lier'),
    });
    const input = { waveKey: 'open-wave', breakdown: 'none' } as const;
    expect((await readComparison(context(), contact, input)).organisation.key).toBe('lier');
    expect((await readComparison(context(), operator, input)).organisation.key).toBe('asker');
  });

  it('knows no organisation, theme or category of elsewhere', async () => {
    const read = (input: object) =>
      readComparison(context(), operator, { waveKey: 'open-wave', breakdown: 'none', ...input });
    for (const input of [
      { organisationKey: 'oslo' },
      { theme: 'nothing' },
      { breakdown: 'sector', breakdownValue: 'culture' },
      { breakdown: 'size', breakdownValue: 'S;rest=asker' },
    ]) {
      await expect(read(input)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('a closed network', () => {
  it('lets a member see its own figures and the rest, never another member', async () => {
    const networkId = await networkIdOf('closed-net');
    const organisationId = await organisationIdOf('asker');
    const contact = createPerson({ role: 'organisation_contact', networkId, organisationId });
    const input = { waveKey: 'closed-wave', breakdown: 'none' } as const;
    const page = await readComparison(context(), contact, input);
    expect(page.organisation.key).toBe('asker');
    expect(page.choices.organisations.map(({ key }) => key)).toEqual(['asker']);
    expect(page.rows.flatMap(({ members }) => members)).toEqual([]);
    await expect(readComparison(context(), contact, { ...input, organisationKey: 'lier' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const records = await readEstimates(context(), contact, { waveKey: 'closed-wave', precision: 'rounded' });
    expect(records.some(({ group }) => /lier|drammen|viken/.test(group))).toBe(false);
    const file = await exportFigures(context(), contact, { waveKey: 'closed-wave', language: 'nb' });
    expect(file.text).not.toMatch(/(organisation|rest)=(lier|drammen|viken)/);
  });

  it('lets nobody from another network in', async () => {
    const stranger = createPerson({
      role: 'coordinator',
      networkId: await networkIdOf('open-net'),
      organisationId: null,
    });
    await expect(
      readComparison(context(), stranger, { waveKey: 'closed-wave', breakdown: 'none' }),
    ).rejects.toMatchObject({ code: 'wave_unknown' });
  });
});

describe('files', () => {
  it('give full precision to the operator only', async () => {
    const researcher = createPerson({
      role: 'researcher',
      networkId: await networkIdOf('open-net'),
      organisationId: null,
    });
    await expect(
      readEstimates(context(), researcher, { waveKey: 'open-wave', precision: 'full' }),
    ).rejects.toMatchObject({
      code: 'not_allowed',
    });
    const records = await readEstimates(context(), researcher, { waveKey: 'open-wave', precision: 'rounded' });
    expect(records.every(({ se, df }) => se === null && df === null)).toBe(true);
    expect(records.every(({ share }) => share === null || Math.abs(share * 100 - Math.round(share * 100)) < 1e-9)).toBe(
      true,
    );
  });

  it('carry labels, contributors and the sign of what is not shown', async () => {
    const file = await exportFigures(context(), operator, { waveKey: 'open-wave', language: 'nn' });
    const lines = file.text.trimEnd().split('\n');
    expect(file.name).toBe('open-wave-1.csv');
    expect(lines.find((line) => line.includes(',network,Nettverket'))).toContain('Asker; Drammen; Lier');
    expect(lines.find((line) => line.includes('organisation=viken,'))).toContain(',:,:,:,:,');
    expect(lines.some((line) => line.includes('"Resten av nettverket utan Asker, Helse og omsorg"'))).toBe(true);
  });
});
