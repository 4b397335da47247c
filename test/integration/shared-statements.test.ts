import { createHmac, randomUUID } from 'node:crypto';
import request from 'supertest';
import { submitResponse } from '../../src/usecases/respondent/submit-response';
import { withDatabase } from '../support/database';
import { readExample } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createRespondentWave, type RespondentWave } from '../support/respondents';

const database = withDatabase();
let site: RespondentApp;
beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

const finished = { uses_tool: 'no' } as const;

/** A wave in which everybody has finished a draft. */
async function openFinishedWave(units: number): Promise<RespondentWave> {
  const wave = await createRespondentWave(site.context, { files: readExample(), units });
  const draft = { answers: finished, page: 'tools', language: 'nb', madeFrom: 0 } as const;
  await Promise.all(
    wave.invitationIds.map((invitationId) => site.context.respondents.saveDraft({ invitationId, ...draft })),
  );
  return wave;
}

function handIn(invitationId: string, revision = 1): Promise<boolean> {
  return site.context.respondents.handIn({
    invitationId,
    revision,
    answers: null,
    responseId: randomUUID(),
    date: '2026-11-22',
  });
}

async function count(sql: string, waveId: string): Promise<number> {
  const { rows } = await database.db().raw<{ rows: { count: number }[] }>(sql, { waveId });
  return Number(rows[0]?.count);
}

const responses = 'SELECT count(*) AS count FROM response WHERE wave_id = :waveId';
const answered = `SELECT count(*) AS count FROM invitation WHERE wave_id = :waveId AND disposition = 'answered'`;
const drafts = `SELECT count(*) AS count FROM draft JOIN invitation ON invitation.id = draft.invitation_id
                 WHERE invitation.wave_id = :waveId`;

describe('respondents who send at the same time', () => {
  it('share transactions, and every one of them is handed in once', async () => {
    const wave = await openFinishedWave(40);
    const statements: string[] = [];
    const note = ({ sql }: { sql: string }) => statements.push(sql);
    database.db().on('query', note);
    const taken = await Promise.all(wave.invitationIds.map((id) => handIn(id)));
    database.db().removeListener('query', note);
    expect(taken).toEqual(wave.invitationIds.map(() => true));
    expect(statements.filter((sql) => sql.includes('INSERT INTO response')).length).toBe(1);
    expect(await count(responses, wave.waveId)).toBe(40);
    expect(await count(answered, wave.waveId)).toBe(40);
    expect(await count(drafts, wave.waveId)).toBe(0);
    const { rows } = await database
      .db()
      .raw<{ rows: { answers: unknown }[] }>('SELECT DISTINCT answers FROM response WHERE wave_id = :waveId', {
        waveId: wave.waveId,
      });
    expect(rows).toEqual([{ answers: finished }]);
  });

  it('one whose row the database refuses fails alone and keeps the draft', async () => {
    const wave = await openFinishedWave(20);
    const refused = wave.invitationIds[7]!;
    const db = database.db();
    await db.raw(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.id = '${refused}' THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$`);
    await db.raw('CREATE TRIGGER refuse BEFORE UPDATE ON invitation FOR EACH ROW EXECUTE FUNCTION refuse()');
    const outcomes = await Promise.allSettled(wave.invitationIds.map((id) => handIn(id)));
    await db.raw('DROP TRIGGER refuse ON invitation; DROP FUNCTION refuse()');
    expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(wave.invitationIds.map((id) => id === refused));
    expect(await count(responses, wave.waveId)).toBe(19);
    expect(await count(drafts, wave.waveId)).toBe(1);
    expect(await handIn(refused)).toBe(true);
  });

  it('a changed draft, an unknown invitation and a second hand-in are not taken, and hold nobody up', async () => {
    const wave = await openFinishedWave(6);
    const [first = '', second = '', third = ''] = wave.invitationIds;
    expect(await handIn(first)).toBe(true);
    const taken = await Promise.all([handIn(first), handIn(second, 2), handIn(third), handIn(randomUUID())]);
    expect(taken).toEqual([false, false, true, false]);
    expect(await count(responses, wave.waveId)).toBe(2);
  });

  it('a questionnaire that demands nothing can be sent before anything is written', async () => {
    const { survey, codebook } = readExample();
    const files = {
      survey: survey.replaceAll('"isRequired": true', '"isRequired": false'),
      codebook: codebook.replace('"version": 1', '"version": 99'),
    };
    const wave = await createRespondentWave(site.context, { files });
    const [invitationId = ''] = wave.invitationIds;
    expect(await submitResponse(site.context, { invitationId, revision: 0 })).toMatchObject({ kind: 'sent' });
    expect(await count(responses, wave.waveId)).toBe(1);
    expect(await count(drafts, wave.waveId)).toBe(0);
  });

  it('leave no order behind: in the box, responses of one transaction lie in random order', async () => {
    const wave = await openFinishedWave(40);
    await Promise.all(
      wave.invitationIds.map((invitationId, index) =>
        site.context.respondents.handIn({
          invitationId,
          revision: 1,
          answers: { wish: String(index).padStart(2, '0') },
          responseId: randomUUID(),
          date: '2026-11-22',
        }),
      ),
    );
    const { rows } = await database
      .db()
      .raw<{ rows: { wish: string }[] }>(
        `SELECT answers ->> 'wish' AS wish FROM response WHERE wave_id = :waveId ORDER BY ctid`,
        { waveId: wave.waveId },
      );
    const order = rows.map(({ wish }) => wish);
    expect(order).toHaveLength(40);
    expect(order).not.toEqual([...order].sort());
  });
});

describe('drafts that are saved at the same time', () => {
  it('of two made from the same revision one is saved, and the other is told', async () => {
    const wave = await openFinishedWave(1);
    const [invitationId = ''] = wave.invitationIds;
    const draft = { invitationId, page: 'tools', language: 'nb', madeFrom: 1 } as const;
    const revisions = await Promise.all(
      ['yes', 'no'].map((answer) => site.context.respondents.saveDraft({ ...draft, answers: { uses_tool: answer } })),
    );
    expect(revisions.filter((revision) => revision === 2)).toHaveLength(1);
    expect(revisions.filter((revision) => revision === null)).toHaveLength(1);
  });

  it('while a wave is being closed, its respondents are asked to try again and others are not held up', async () => {
    const [closing, other] = [await openFinishedWave(2), await openFinishedWave(2)];
    const agent = request.agent(site.app);
    await agent.post(`/svar/${closing.tokens[0]!}`).expect(303);
    const form = createHmac('sha256', site.context.secrets.respondentCookie)
      .update(`form\0${closing.invitationIds[0]!}`)
      .digest('base64url')
      .slice(0, 22);
    const body = `_form=${form}&_page=tools&_action=next&uses_tool=yes`;
    await database.db().transaction(async (transaction) => {
      await transaction.raw('SELECT id FROM wave WHERE id = :waveId FOR NO KEY UPDATE', { waveId: closing.waveId });
      const reply = await agent.post('/undersokelse/side/tools').type('form').send(body);
      expect(reply.status).toBe(503);
      expect(reply.text).toContain('Vi fikk ikke lagret akkurat nå');
      expect(await handIn(other.invitationIds[0]!)).toBe(true);
    });
    await agent.post('/undersokelse/side/tools').type('form').send(body).expect(303);
  });
});
