import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import { importResponses } from '../../src/usecases/coordinator/import-responses';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import {
  catchFault,
  createDraftWave,
  createTestContext,
  csvFile,
  listFaults,
  makeFrameCsv,
  organisationsCsv,
} from '../support/fieldwork';

const database = withDatabase();
let context: Context;
beforeAll(async () => {
  context = await createTestContext(database.db());
});

async function count(table: string): Promise<number> {
  const result = await database.db().raw<{ rows: { count: number }[] }>(`SELECT count(*) AS count FROM ${table}`);
  return result.rows[0]!.count;
}

describe('import of organisations', () => {
  const importInto = (networkKey: string, text: string) =>
    importOrganisations(context, operator, { networkKey, file: csvFile(text) });

  test('every planted fault is told with line, column and what was expected, and nothing is kept', async () => {
    await createNetwork(context, operator, { key: 'faulty', name: 'Faulty', isOpen: false });
    const before = await count('organisation');
    const text = [
      'key,name,orgnr,kind',
      'good,Good,920125298,other',
      'Bad key,,920125299,kommune',
      'good,Again,920125298,other',
    ];
    expect(await listFaults(importInto('faulty', text.join('\n')))).toEqual([
      '3:key: Found “Bad key”; expected lower-case letters a–z, digits and hyphens, a letter first, at most 40 characters.',
      '3:name: The text has 0 characters; expected 1 to 200.',
      '3:orgnr: Found “920125299”; expected a Norwegian organisation number: nine digits, the last one a correct check digit.',
      '3:kind: Found “kommune”; expected one of municipality, county, other.',
      '4:key: “good” is also on line 2; expected once.',
      '4:orgnr: “920125298” is also on line 2; expected once.',
    ]);
    expect(await count('organisation')).toBe(before);
  });

  test('a known organisation joins another network; other facts about it are refused', async () => {
    await createNetwork(context, operator, { key: 'first', name: 'First', isOpen: false });
    await createNetwork(context, operator, { key: 'second', name: 'Second', isOpen: false });
    expect(await importInto('first', organisationsCsv)).toEqual({ organisations: 2, joined: 2 });
    expect(await importInto('first', organisationsCsv)).toEqual({ organisations: 2, joined: 0 });
    expect(await importInto('second', organisationsCsv)).toEqual({ organisations: 2, joined: 2 });
    const changed = ['key,name,orgnr,kind', 'asker,Asker,971032146,county', 'other,Other,958935420,other'].join('\n');
    expect(await listFaults(importInto('second', changed))).toEqual([
      '2:orgnr: Found “971032146”, but “asker” is registered with “920125298”; expected “920125298”, or another key.',
      '2:kind: Found “county”, but “asker” is registered with “municipality”; expected “municipality”, or another key.',
      '3:key: The organisation number 958935420 is registered with the key “oslo”; expected that key.',
    ]);
  });
});

describe('import of a frame', () => {
  const importInto = (waveKey: string, text: string, replace = true) =>
    importFrame(context, operator, { waveKey, file: csvFile(text), replace });

  test('every planted fault is told, and the frame that was there stays', async () => {
    await createDraftWave(context, 'frame-faults');
    const before = await count('unit');
    const text = [
      'unit,organisation,sector,type,size,invited,email,language',
      'a,asker,education,skole,XL,yes,kari,se',
      ',bergen,school,grunnskole,S,1,,',
      'a,asker,education,grunnskole,S,1,,',
    ].join('\n');
    const faults = await listFaults(importInto('frame-faults', text));
    expect(faults.map((fault) => fault.split(': ')[0])).toEqual([
      '2:type',
      '2:size',
      '2:invited',
      '2:email',
      '2:language',
      '3:unit',
      '3:organisation',
      '3:sector',
      '4:unit',
    ]);
    expect(faults[0]).toMatch(/^2:type: Found “skole”; expected one of barnehage, grunnskole, .*annet\.$/);
    expect(faults[6]).toBe('3:organisation: Found “bergen”; expected one of asker, oslo.');
    expect(await count('unit')).toBe(before);
  });

  test('a frame is replaced only when asked for, with its invitations', async () => {
    await createDraftWave(context, 'frame-twice', { units: 12 });
    expect((await catchFault(importInto('frame-twice', makeFrameCsv(3), false))).code).toBe('frame_exists');
    const before = await count('invitation');
    expect(await importInto('frame-twice', makeFrameCsv(3))).toEqual({ units: 6, invited: 6, contactsLeftOut: 0 });
    expect(await count('invitation')).toBe(before - 18);
  });

  test('names and addresses of units that are not invited are not kept', async () => {
    await createDraftWave(context, 'frame-contacts', { units: 5 });
    const text = [
      'unit,organisation,sector,type,size,invited,name,email',
      'q,asker,culture,bibliotek,S,0,Ola,ola@example.org',
    ];
    const before = await count("invitation WHERE name = 'Ola'");
    expect(await importInto('frame-contacts', text.join('\n'))).toEqual({ units: 1, invited: 0, contactsLeftOut: 1 });
    expect(await count("invitation WHERE name = 'Ola'")).toBe(before);
    expect((await catchFault(openWave(context, operator, { waveKey: 'frame-contacts' }))).details.values).toEqual({
      organisations: 'asker',
    });
  });

  test('a wave that is open takes no frame', async () => {
    await createDraftWave(context, 'frame-open');
    await openWave(context, operator, { waveKey: 'frame-open' });
    const fault = await catchFault(importInto('frame-open', makeFrameCsv(3)));
    expect([fault.code, fault.details.values]).toEqual([
      'wave_state',
      { key: 'frame-open', state: 'open', needed: 'draft' },
    ]);
  });
});

describe('import of responses', () => {
  const head =
    'unit,disposition,uses_tool,purposes__planning,purposes__writing,purposes__contact,purposes__none,purposes__dont_know,training_hours,training,wish';
  const importInto = (waveKey: string, ...rows: string[]) =>
    importResponses(context, operator, { waveKey, file: csvFile([head, ...rows].join('\n')) });

  beforeAll(async () => {
    await createDraftWave(context, 'answers');
    await openWave(context, operator, { waveKey: 'answers' });
  });

  test('every planted fault is told, and no response and no outcome is kept', async () => {
    const faults = await listFaults(
      importInto(
        'answers',
        'asker-0,I,yes,1,0,0,0,0,12,agree,',
        'asker-1,I,maybe,,,,,,,,',
        'asker-2,I,no,1,0,0,0,0,,,',
        'asker-3,X,no,,,,,,,,',
        'asker-4,R,no,,,,,,,,',
        'asker-5,I,,,,,,,5,,',
        'asker-6,I,yes,1,1,1,0,0,-3,,',
        'asker-7,I,yes,1,,0,0,0,,,',
        'asker-0,NC,,,,,,,,,',
        'bergen-1,I,no,,,,,,,,',
        'asker-8,P,,,,,,,,,',
        'asker-9,I,yes,1,0,0,0,1,,,',
      ),
    );
    expect(faults).toEqual([
      '3:uses_tool: Found “maybe”; expected one of yes, no, dont_know, or empty.',
      '4:purposes: The other answers do not lead to this question; expected an empty cell.',
      '5:disposition: Found “X”; expected one of I, P, R, NC, O, UE, NE.',
      '6:uses_tool: The disposition R has answers; expected an empty cell.',
      '7:uses_tool: The answer is missing; expected an answer to this question.',
      '8:purposes: Too many are chosen; expected at most 2.',
      '8:training_hours: The number is too small; expected at least 0.',
      '9:purposes__writing: Found “”; expected 0 or 1, or every column of purposes empty.',
      '10:unit: “asker-0” is also on line 2; expected once.',
      '11:unit: Found “bergen-1”; expected the key of a unit in the wave’s frame.',
      '12:disposition: The disposition P has no answers; expected at least one, or another disposition.',
      '13:purposes: A category that excludes the others is chosen with them; expected either it or the others.',
    ]);
    expect(await count('response')).toBe(0);
    expect(await count('invitation WHERE disposition IS NOT NULL')).toBe(0);
  });

  test('headings that the codebook does not know, or that lack categories, are refused', async () => {
    const file = csvFile('unit,disposition,uses_tool,colour,purposes__planning\nasker-0,I,no,red,');
    const faults = await listFaults(importResponses(context, operator, { waveKey: 'answers', file }));
    expect(faults.map((fault) => fault.split(': ')[0])).toEqual([
      '1:colour',
      '1:purposes__writing',
      '1:purposes__contact',
      '1:purposes__none',
      '1:purposes__dont_know',
    ]);
  });

  test('good rows carry the stratum of their unit and only the day at the invitation', async () => {
    const imported = await importInto(
      'answers',
      'asker-0,I,yes,1,0,1,0,0,12,agree,Mer tid',
      'oslo-1,P,no,,,,,,,,',
      'oslo-2,NE,,,,,,,,,',
    );
    expect(imported).toEqual({ responses: 2, others: 1 });
    const { rows } = await database
      .db()
      .raw<{ rows: unknown[] }>('SELECT stratum, answers FROM response ORDER BY stratum');
    expect(rows).toEqual([
      {
        stratum: 'asker:education:S',
        answers: {
          uses_tool: 'yes',
          purposes: ['planning', 'contact'],
          training_hours: 12,
          training: 'agree',
          wish: 'Mer tid',
        },
      },
      { stratum: 'oslo:health:M', answers: { uses_tool: 'no' } },
    ]);
    expect(await count("invitation WHERE disposition = 'answered' AND answered_on IS NOT NULL")).toBe(2);
    expect(await count("invitation WHERE disposition = 'NE' AND answered_on IS NULL")).toBe(1);
    expect(await listFaults(importInto('answers', 'asker-0,I,no,,,,,,,,'))).toEqual([
      '2:unit: “asker-0” already has an outcome; expected a unit without one.',
    ]);
  });

  test('anonymous, draft and closed waves take no imported responses', async () => {
    await createDraftWave(context, 'answers-anonym', { level: 'anonym' });
    await createDraftWave(context, 'answers-draft');
    await createDraftWave(context, 'answers-closed');
    await openWave(context, operator, { waveKey: 'answers-anonym' });
    await openWave(context, operator, { waveKey: 'answers-closed' });
    await closeWave(context, operator, { waveKey: 'answers-closed' });
    for (const key of ['answers-anonym', 'answers-draft', 'answers-closed']) {
      expect((await catchFault(importInto(key, 'asker-0,I,no,,,,,,,,'))).code).toBe('responses_not_importable');
    }
  });

  test('faults are told in the language that was asked for', async () => {
    const file = { ...csvFile(`${head}\nasker-4,X,no,,,,,,,,`), language: 'nb' as const };
    expect(await listFaults(importResponses(context, operator, { waveKey: 'answers', file }))).toEqual([
      '2:disposition: Fant «X»; forventet én av I, P, R, NC, O, UE, NE.',
    ]);
  });
});
