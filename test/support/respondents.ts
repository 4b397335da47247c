import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../src/context';
import { insertInvitations, insertTokens, selectInvitations } from '../../src/db/invitations';
import { freezeInstrument, insertOrReplaceInstrument } from '../../src/db/instruments';
import { createBallotBox } from '../../src/db/responses';
import { insertWave, updateWaveClosed, updateWaveOpened } from '../../src/db/waves';
import { defaultPolicy } from '../../src/domain/disclosure/policy';
import { createToken, hashToken } from '../../src/domain/fieldwork/tokens';
import type { AnonymityLevel } from '../../src/domain/fieldwork/types';
import { hashInstrument } from '../../src/domain/instrument/compile-instrument';
import type { InstrumentFiles } from '../../src/domain/instrument/types';
import type { Language } from '../../src/domain/languages';
import { packageRoot } from '../../src/platform/package-root';

const defaultUnitCount = 6;
const stratumCode = 'asker:education-M';

/** A wave with invited units of one organisation. */
export interface RespondentWave {
  readonly waveId: string;
  /** Secret parts of the links, one a unit. */
  readonly tokens: readonly string[];
  readonly invitationIds: readonly string[];
}

export interface RespondentWaveOptions {
  readonly state?: 'draft' | 'open';
  readonly level?: AnonymityLevel;
  readonly language?: Language;
  readonly files?: InstrumentFiles;
  /** Invited units. */
  readonly units?: number;
}

/** Files of the workplace questionnaire. */
function readWorkplaceFiles(): InstrumentFiles {
  const read = (name: string) => readFileSync(join(packageRoot, 'surveys', 'workplace', '1', name), 'utf8');
  return { survey: read('survey.json'), codebook: read('codebook.json') };
}

/**
 * Makes a network of its own with a wave that respondents can answer.
 * @param context context with the test database
 * @param options state of the wave, anonymity level, language of the invitations, questionnaire
 */
export async function createRespondentWave(
  context: Context,
  options: RespondentWaveOptions = {},
): Promise<RespondentWave> {
  const { state = 'open', level = 'anonym', language = 'nb', files = readWorkplaceFiles() } = options;
  const unitCount = options.units ?? defaultUnitCount;
  return context.db.transaction(async (transaction) => {
    const { networkId, organisationId } = await insertNetwork(context, transaction);
    const { instrument, version } = JSON.parse(files.codebook) as { instrument: string; version: number };
    const known = await transaction.raw<{ rows: { id: string }[] }>(
      'SELECT id FROM instrument_version WHERE instrument = :instrument AND version = :version',
      { instrument, version },
    );
    const instrumentVersionId =
      known.rows[0]?.id ??
      (
        await insertOrReplaceInstrument(transaction, {
          ...files,
          id: instrument,
          version,
          sha256: hashInstrument(files),
        })
      ).versionId;
    const key = `w-${randomUUID().slice(0, 12)}`;
    await insertWave(transaction, {
      key,
      networkId,
      instrumentVersionId,
      period: '2026',
      anonymityLevel: level,
      policy: defaultPolicy,
      closesOn: '2026-12-15',
    });
    const wave = await transaction.raw<{ rows: { id: string }[] }>('SELECT id FROM wave WHERE key = :key', { key });
    const waveId = wave.rows[0]!.id;
    const units = Array.from({ length: unitCount }, (_, index) => `unit-${index}`);
    const invitations = units.map((unit) => ({ unit, name: 'Kari Nordmann', email: `${unit}@example.org`, language }));
    for (const unit of units) {
      await transaction.raw(
        `INSERT INTO unit (wave_id, organisation_id, key, sector, type, size, is_invited, stratum)
         VALUES (:waveId, :organisationId, :unit, 'education', 'barnehage', 'M', true, :stratum)`,
        { waveId, organisationId, unit, stratum: state === 'open' ? stratumCode : null },
      );
    }
    await insertInvitations(transaction, waveId, invitations);
    const invitationIds = (await selectInvitations(transaction, waveId)).map(({ id }) => id);
    const tokens = invitationIds.map(() => createToken(context.randomBytes));
    const hashes = tokens.map((token, index) => ({ tokenHash: hashToken(token), invitationId: invitationIds[index]! }));
    await insertTokens(transaction, '2026-11-01', hashes);
    if (state === 'open') {
      await transaction.raw(
        `INSERT INTO stratum (wave_id, code, organisation_id, sector, size, cells, frame_count, invited_count)
         VALUES (:waveId, :code, :organisationId, 'education', 'M', :cells, :count, :count)`,
        {
          waveId,
          organisationId,
          code: stratumCode,
          cells: JSON.stringify([{ sector: 'education', size: 'M' }]),
          count: unitCount,
        },
      );
      await freezeInstrument(transaction, instrumentVersionId);
      await createBallotBox(transaction, waveId);
      await updateWaveOpened(transaction, { waveId, date: '2026-11-01', deleteAddressesOn: '2027-06-13' });
    }
    return { waveId, tokens, invitationIds };
  });
}

async function insertNetwork(
  context: Context,
  transaction: Context['db'],
): Promise<{ networkId: string; organisationId: string }> {
  const suffix = randomUUID().slice(0, 8);
  const network = await transaction.raw<{ rows: { id: string }[] }>(
    `INSERT INTO network (key, name, is_open, contact_name, contact_email)
     VALUES (:key, 'Innovasjonsnettverket Oslofjorden', true, 'Ingrid Dahl', 'ingrid.dahl@example.org') RETURNING id`,
    { key: `n${suffix}` },
  );
  const orgnr = String(context.randomBytes(4).readUInt32BE() % 1_000_000_000).padStart(9, '0');
  const organisation = await transaction.raw<{ rows: { id: string }[] }>(
    `INSERT INTO organisation (key, name, orgnr, kind) VALUES (:key, 'Asker kommune', :orgnr, 'municipality')
     RETURNING id`,
    { key: `o${suffix}`, orgnr },
  );
  return { networkId: network.rows[0]!.id, organisationId: organisation.rows[0]!.id };
}

/** Closes a wave as far as its respondents can tell. */
export async function closeRespondentWave(context: Context, waveId: string): Promise<void> {
  await updateWaveClosed(context.db, { waveId, date: '2026-12-15' });
}
