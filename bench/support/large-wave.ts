import type { Context } from '../../src/context';
import { drawAnswers } from '../../src/demo/answer-model';
import { listAnswerColumns } from '../../src/demo/answer-shares';
import { drawTemperament } from '../../src/demo/organisations';
import { createSeededRandom } from '../../src/demo/seeded-random';
import { writeFrame, writeResponses, type DemoOutcome } from '../../src/demo/write-files';
import { operator } from '../../src/domain/permissions';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { importResponses } from '../../src/usecases/coordinator/import-responses';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { drawManyUnits, networkKey } from './network';

const seed = 47;
const responseRate = 0.55;
const breakOffShare = 0.1;
/** Responses that are drawn and imported one by one; larger waves hold each of them many times over. */
const drawnCount = 10_000;

/**
 * Opens a wave and fills its ballot box. Up to ten thousand responses are drawn and go through the import; beyond that
 * units, invitations and responses are copied inside the database, and some who have not answered have a draft.
 * @param context context of this process
 * @param key key of the wave
 * @param responses number of responses, about
 * @returns number of responses
 */
export async function fillLargeWave(context: Context, key: string, responses: number): Promise<number> {
  const random = createSeededRandom(seed);
  const units = drawManyUnits(Math.min(responses, drawnCount) / responseRate);
  await createWave(context, operator, {
    key,
    networkKey,
    instrument: 'workplace/1',
    period: '2024–2025',
    anonymityLevel: 'fortrolig',
  });
  await importFrame(context, operator, { waveKey: key, file: writeFrame(units) });
  await openWave(context, operator, { waveKey: key });
  const outcomes = units.flatMap((unit): readonly DemoOutcome[] => {
    const answers = drawAnswers(random, drawTemperament(random, unit, 0.2));
    return random.chance(responseRate) ? [{ unit: unit.unit, disposition: 'I', answers }] : [];
  });
  const file = writeResponses(listAnswerColumns(), outcomes);
  await importResponses(context, operator, { waveKey: key, file });
  const copies = Math.max(0, Math.round(responses / outcomes.length) - 1);
  for (const statement of copyStatements) await context.db.raw(statement, { key, copies, breakOffShare });
  await context.db.raw('VACUUM ANALYZE unit, invitation, draft, response');
  return outcomes.length * (copies + 1);
}

const guarded = ['unit', 'invitation', 'stratum'];

/** The frame of an open wave does not grow by itself. */
const copyStatements = [
  ...guarded.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER USER`),
  `INSERT INTO unit (wave_id, organisation_id, key, sector, type, size, is_invited, stratum)
   SELECT unit.wave_id, unit.organisation_id, unit.key || '-' || copy, unit.sector, unit.type, unit.size, true, unit.stratum
     FROM wave JOIN unit ON unit.wave_id = wave.id, generate_series(1, :copies) AS copy WHERE wave.key = :key`,
  `INSERT INTO invitation (wave_id, unit_id, language, disposition, answered_on)
   SELECT unit.wave_id, unit.id, 'nb', original.disposition, original.answered_on
     FROM wave JOIN unit ON unit.wave_id = wave.id
     JOIN unit AS first ON first.wave_id = wave.id AND first.key = regexp_replace(unit.key, '-[0-9]+$', '')
     JOIN invitation AS original ON original.unit_id = first.id
    WHERE wave.key = :key AND NOT EXISTS (SELECT FROM invitation WHERE invitation.unit_id = unit.id)`,
  `INSERT INTO draft (invitation_id, answers, page, language)
   SELECT invitation.id, '{"introduced": ["product"]}', 'introduced', 'nb'
     FROM wave JOIN invitation ON invitation.wave_id = wave.id
    WHERE wave.key = :key AND invitation.disposition IS NULL AND random() < :breakOffShare`,
  `INSERT INTO response (wave_id, stratum, answers)
   SELECT response.wave_id, response.stratum, response.answers
     FROM wave JOIN response ON response.wave_id = wave.id, generate_series(1, :copies) AS copy WHERE wave.key = :key`,
  `UPDATE stratum SET frame_count = frame_count * (1 + :copies), invited_count = invited_count * (1 + :copies)
     FROM wave WHERE wave.id = stratum.wave_id AND wave.key = :key`,
  ...guarded.map((table) => `ALTER TABLE ${table} ENABLE TRIGGER USER`),
];
