import { z } from 'zod';
import type { Context } from '../../src/context';
import { selectRows } from '../../src/db/database';
import { selectStrata } from '../../src/db/frames';
import { insertResponses } from '../../src/db/responses';
import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import { catchFault, createDraftWave, createTestContext } from '../support/fieldwork';

const database = withDatabase();
let context: Context;
beforeAll(async () => {
  context = await createTestContext(database.db());
});

const invitationSchema = z.object({
  id: z.string(),
  unit: z.string(),
  stratum: z.string(),
  row: z.record(z.string(), z.unknown()),
});
const responseSchema = z.object({ mark: z.string(), row: z.record(z.string(), z.unknown()) });

const readInvitations = (key: string) =>
  selectRows(database.db(), invitationSchema, {
    sql: `SELECT invitation.id, unit.key AS unit, unit.stratum,
                 to_jsonb(invitation) || jsonb_build_object('xmin', invitation.xmin::text, 'xmax', invitation.xmax::text,
                   'ctid', invitation.ctid::text) AS row
            FROM invitation JOIN unit ON unit.id = invitation.unit_id JOIN wave ON wave.id = invitation.wave_id
           WHERE wave.key = :key ORDER BY unit.key`,
    bindings: { key },
  });

/** Responses in the order they lie in; the mark is planted in an answer and tells whose response it is. */
const readResponses = (key: string) =>
  selectRows(database.db(), responseSchema, {
    sql: `SELECT response.answers ->> 'wish' AS mark,
                 to_jsonb(response) - 'answers' || jsonb_build_object('xmin', response.xmin::text,
                   'xmax', response.xmax::text, 'ctid', response.ctid::text) AS row
            FROM response JOIN wave ON wave.id = response.wave_id WHERE wave.key = :key ORDER BY response.ctid`,
    bindings: { key },
  });

/** Hands in one response after another, each in a transaction of its own, as respondents do. */
async function answer(key: string, units: readonly string[]): Promise<void> {
  const invitations = await readInvitations(key);
  for (const unit of units) {
    const invitation = invitations.find((candidate) => candidate.unit === unit)!;
    await database.db().transaction(async (transaction) => {
      await transaction.raw(
        "UPDATE invitation SET disposition = 'answered', answered_on = '2026-11-22' WHERE id = :id",
        { id: invitation.id },
      );
      const waveId = String(invitation.row['wave_id']);
      await insertResponses(transaction, waveId, [
        { stratum: invitation.stratum, answers: { uses_tool: 'no', wish: unit } },
      ]);
    });
  }
}

async function openWith(key: string, level: 'anonym' | 'fortrolig', units: number): Promise<void> {
  await createDraftWave(context, key, { level, units });
  await openWave(context, operator, { waveKey: key });
}

describe('sealing a wave', () => {
  const key = 'sealed';
  beforeAll(async () => {
    await openWith(key, 'anonym', 60);
    const units = (await readInvitations(key)).map(({ unit }) => unit);
    await answer(key, units.slice(0, 90));
  });

  test('while the wave is open an operator could connect the two: the test would notice a link', async () => {
    const invitations = await readInvitations(key);
    const responses = await readResponses(key);
    const linked = responses.filter(({ mark, row }) =>
      invitations.some((invitation) => invitation.unit === mark && invitation.row['xmin'] === row['xmin']),
    );
    expect(linked).toHaveLength(90);
    expect(responses.map(({ mark }) => mark)).toEqual(invitations.slice(0, 90).map(({ unit }) => unit));
  });

  test('afterwards no column, transaction id, place or order of a response leads to its invitation', async () => {
    const before = await readResponses(key);
    expect(await closeWave(context, operator, { waveKey: key })).toMatchObject({ responses: 90 });
    const invitations = await readInvitations(key);
    const responses = await readResponses(key);
    expect(responses).toHaveLength(90);
    const allowed = new Set(['wave_id=wave_id']);
    const joined = new Set<string>();
    for (const { row } of responses) {
      for (const invitation of invitations) {
        for (const [column, value] of Object.entries(row)) {
          for (const [other, otherValue] of Object.entries(invitation.row)) {
            if (column === 'ctid' || column === 'xmax' || value === null || value !== otherValue) continue;
            joined.add(`${column}=${other}`);
          }
        }
      }
    }
    expect([...joined].filter((pair) => !allowed.has(pair))).toEqual([]);
    expect(new Set(responses.map(({ row }) => row['xmin'])).size).toBe(1);
    expect(responses.every(({ row }) => row['xmax'] === '0')).toBe(true);
    // Places are small numbers that coincide by chance: true pairs must be no more frequent than any others.
    const samePlace = responses.filter(({ mark, row }) =>
      invitations.some((invitation) => invitation.unit === mark && invitation.row['ctid'] === row['ctid']),
    );
    expect(samePlace.length).toBeLessThan(10);
    const marks = responses.map(({ mark }) => mark);
    const stillInOrder = marks.filter((mark, index) => index > 0 && mark > marks[index - 1]!).length;
    expect(stillInOrder).toBeGreaterThan(20);
    expect(stillInOrder).toBeLessThan(70);
    const oldIds = new Set(before.map(({ row }) => row['id']));
    expect(responses.filter(({ row }) => oldIds.has(row['id']))).toEqual([]);
  });

  test('the ballot box is gone: one table of the wave is left, without dead rows', async () => {
    const { rows } = await database.db().raw<{ rows: { relname: string; rows: number }[] }>(
      `SELECT relname, (SELECT count(*) FROM response WHERE tableoid = pg_class.oid) AS rows FROM pg_class
        WHERE relkind = 'r' AND relname LIKE 'response\\_%'`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual([expect.stringMatching(/^response_[0-9a-f]{32}_sealed$/)]);
  });

  test('strata with fewer than five responses are merged on, in strata, units and responses alike', async () => {
    await openWith('merged', 'anonym', 36);
    const before = await readInvitations('merged');
    const waveId = String(before[0]!.row['wave_id']);
    const asker = before.filter(({ unit }) => unit.startsWith('asker'));
    const small = asker.filter(({ stratum }) => stratum === 'asker:education:S').slice(0, 3);
    const rest = asker.filter(({ stratum }) => stratum !== 'asker:education:S');
    await answer(
      'merged',
      [...small, ...rest].map(({ unit }) => unit),
    );
    await closeWave(context, operator, { waveKey: 'merged' });
    const strata = await selectStrata(database.db(), waveId);
    expect(strata.map(({ code, respondentCount, frameCount }) => `${code} ${respondentCount}/${frameCount}`)).toEqual([
      'asker:education:L 6/6',
      'asker:education:SM 9/12',
      'asker:health:L 6/6',
      'asker:health:M 6/6',
      'asker:health:S 6/6',
      'oslo:education+health:SML 0/36',
    ]);
    const { rows } = await database
      .db()
      .raw<{ rows: { stratum: string; count: number }[] }>(
        'SELECT stratum, count(*) AS count FROM response WHERE wave_id = :waveId GROUP BY stratum ORDER BY stratum',
        { waveId },
      );
    expect(rows.map(({ stratum, count }) => `${stratum} ${count}`)).toEqual([
      'asker:education:L 6',
      'asker:education:SM 9',
      'asker:health:L 6',
      'asker:health:M 6',
      'asker:health:S 6',
    ]);
    const codes = new Set((await readInvitations('merged')).map(({ stratum }) => stratum));
    expect([...codes].sort()).toEqual(strata.map(({ code }) => code));
  });

  test('what was begun becomes a break-off, what was never opened a non-contact, and drafts are gone', async () => {
    await openWith('outcomes', 'fortrolig', 12);
    const [begun] = await readInvitations('outcomes');
    await database
      .db()
      .raw("INSERT INTO draft (invitation_id, answers, page, language) VALUES (:id, '{}', 'tools', 'nb')", {
        id: begun!.id,
      });
    await answer('outcomes', ['asker-1']);
    await closeWave(context, operator, { waveKey: 'outcomes' });
    const outcomes = (await readInvitations('outcomes')).map(({ row }) => row['disposition']);
    expect(outcomes.filter((outcome) => outcome === 'R')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'NC')).toHaveLength(22);
    const { rows } = await database.db().raw<{ rows: unknown[] }>('SELECT invitation_id FROM draft');
    expect(rows).toEqual([]);
  });

  test('a wave is closed once, by one of several that try', async () => {
    await openWith('contested', 'anonym', 12);
    const attempts = Array.from({ length: 4 }, () => closeWave(context, operator, { waveKey: 'contested' }));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await catchFault(closeWave(context, operator, { waveKey: 'contested' }))).details.values).toEqual({
      key: 'contested',
      state: 'closed',
      needed: 'open',
    });
  });
});
