import type { Context } from '../../src/context';
import { sealProviderSecret } from '../../src/usecases/provider-access';
import { createRespondentWave } from './respondents';

/** What a sealed secret is in the clear. */
export const providerSecret = 'hemmelig hos leverandøren';

const people = `
  INSERT INTO actor (email, name, language) VALUES ('anne@example.org', 'Anne Ås', 'nn'), (NULL, 'Bo', 'da');
  INSERT INTO identity_provider (key, name, kind, issuer, client_id, authentication, sealed_secret, tenant_id, scopes, uses_user_info, role_rules)
  VALUES ('entra', 'Kommunen', 'entra', 'https://login.example.org/t/v2.0', 'c', 'client_secret_post', decode(:sealed, 'hex'), 't',
          'openid profile', false, '[{"claim":"groups","value":"ø","role":"researcher","network":"nett","organisation":""}]');
  INSERT INTO identity_provider_organisation SELECT identity_provider.id, organisation.id
    FROM identity_provider, organisation WHERE organisation.key = 'asker';
  INSERT INTO actor_identity (issuer, subject, actor_id, provider_id)
  SELECT 'https://login.example.org/t/v2.0', 't:oid', actor.id, identity_provider.id FROM actor, identity_provider WHERE actor.name = 'Bo';
  INSERT INTO role_grant (actor_id, role, network_id, ends_on, provider_id)
  SELECT actor.id, 'researcher', network.id, '2027-01-01', identity_provider.id
    FROM actor, network, identity_provider WHERE actor.name = 'Bo' AND network.key = 'nett';`;

/** Rows that their guards would refuse once the wave is open come first. */
const promises = `
  INSERT INTO wave_privacy (wave_id, purpose, legal_basis, national_basis, confirmed_by, confirmed_on, processor)
  VALUES (:wave, '{"nb":"Læring"}', 'public_task', 'kommuneloven', 'Ombudet', '2026-10-01', 'Drift AS');
  INSERT INTO wave_privacy_organisation (wave_id, organisation_id, controller, officer_name, officer_email, agreement_on, discussed_on)
  SELECT DISTINCT unit.wave_id, unit.organisation_id, 'Asker kommune', 'Ombud', 'ombud@example.org', date '2026-09-01', date '2026-09-02'
    FROM unit WHERE unit.wave_id = :wave;
  INSERT INTO wave_left_out (wave_id, organisation_id) SELECT CAST(:wave AS uuid), organisation.id FROM organisation WHERE organisation.key = 'lier';
  INSERT INTO wave_peers (wave_id, choice, groups)
  VALUES (:wave, '{"bases":["kind"],"groups":[]}', '[{"code":"municipality","basis":"kind","value":"municipality","year":null,"members":["asker"]}]');
  UPDATE wave SET population = 'managers', opens_on = '2026-11-02', target_response_rate = 60, retention_days = 200,
         public_cell_size = 12, release_needs_two = true, sample_seed = 'frø', sample_plan = '{"education":3}'
   WHERE wave.id = :wave;
  INSERT INTO stratum (wave_id, code, organisation_id, sector, size, cells, frame_count, invited_count)
  SELECT unit.wave_id, 'x', unit.organisation_id, 'education', 'M', '[{"sector":"education","size":"M"}]', count(*), count(*)
    FROM unit WHERE unit.wave_id = :wave GROUP BY unit.wave_id, unit.organisation_id;
  UPDATE wave SET state = 'open', opened_on = '2026-11-02', delete_addresses_on = '2027-05-21' WHERE wave.id = :wave;`;

const fieldwork = `
  INSERT INTO mail_template VALUES (:wave, 'reminder', 'nb', 'Emne', E'Hei {navn}\\n\\n{lenke}\\\\');
  INSERT INTO mailing (wave_id, number, state, planned_on, fault, resume_at, resume_count)
  VALUES (:wave, 0, 'done', '2026-11-01', NULL, NULL, 0), (:wave, 1, 'sending', '2026-11-10', NULL, NULL, 0),
         (:wave, 2, 'planned', '2026-11-20', NULL, NULL, 0),
         (:other, 0, 'paused', NULL, 'unreachable', '2026-11-22', 3);
  INSERT INTO mail_item (mailing_id, invitation_id, message_id, state, reply_code, sent_on, attempts, try_after)
  SELECT mailing.id, invitation.id, mailing.number || '.' || invitation.id || '@example.org',
         CASE WHEN mailing.number = 0 THEN 'sent' WHEN invitation.email LIKE 'unit-0%' THEN 'deferred' ELSE 'waiting' END,
         CASE WHEN mailing.number = 0 THEN 250 WHEN invitation.email LIKE 'unit-0%' THEN 450 END,
         CASE WHEN mailing.number = 0 THEN date '2026-11-01' END, 1,
         CASE WHEN mailing.number = 1 AND invitation.email LIKE 'unit-0%' THEN timestamptz '2026-11-22 11:00Z' END
    FROM mailing JOIN invitation ON invitation.wave_id = mailing.wave_id WHERE mailing.number < 2 AND mailing.wave_id = :wave;
  INSERT INTO draft (invitation_id, answers, page, language, revision)
  SELECT invitation.id, '{"wish":"æ\\n\\t"}', 'p1', 'nb', 7 FROM invitation WHERE invitation.wave_id = :wave LIMIT 1;
  INSERT INTO wave_job (wave_id, step, state, actor_id, requested_at, done, total)
  SELECT CAST(wave.id AS uuid), wave.step, wave.state, actor.id, timestamptz '2026-11-22 10:00Z', 3, 9
    FROM (VALUES (:wave, 'close', 'running'), (:other, 'close', 'waiting')) AS wave (id, step, state), actor
   WHERE actor.name = 'Bo';
  INSERT INTO withdrawal VALUES (:wave, 2);`;

const afterwards = `
  INSERT INTO release_request (wave_id, requested_by, requested_at, visibility, embargo_until, approved_by)
  SELECT wave.id, asking.id, timestamptz '2026-11-20 10:00:00.123456Z', 'public', timestamptz '2026-12-01Z', approving.id
    FROM wave, actor AS asking, actor AS approving
   WHERE wave.key = 'nett' AND asking.name = 'Bo' AND approving.name = 'Anne Ås';
  INSERT INTO release (wave_id, number, released_at, policy, lattice, participation, policy_sha256, lattice_sha256, input_sha256,
                       instrument_sha256, baselines_sha256, software_version, audience, embargo_until)
  SELECT wave_id, number, released_at, policy, lattice, participation, policy_sha256, lattice_sha256, input_sha256,
         instrument_sha256, baselines_sha256, software_version, 'public', timestamptz '2026-12-01Z' FROM release;
  INSERT INTO release_estimate
  SELECT edition.id, indicator, option, group_key, is_suppressed, n, share, se, se_no_fpc, df, low, high, flags
    FROM release_estimate JOIN release ON release.id = release_estimate.release_id,
         (SELECT release.id FROM release WHERE release.audience = 'public') AS edition;
  INSERT INTO deletion_proof SELECT wave.id, '2026-11-01', '2026-11-01', 187, 187, 200, 0, 400, 7 FROM wave WHERE wave.key = 'nett';
  INSERT INTO erasure (wave_id, erased_on, found_by) SELECT wave.id, '2026-11-03', 'sole_response' FROM wave WHERE wave.key = 'nett';
  UPDATE organisation SET region_code = '3203', region_code_on = '2026-01-01' WHERE organisation.key = 'asker';
  INSERT INTO region_code VALUES ('municipality', '3203', 'Asker', '2024-01-01', NULL), ('municipality', '3025', 'Asker', '2020-01-01', '2024-01-01');
  INSERT INTO region_change VALUES ('municipality', '2024-01-01', '3025', 'Asker', '3203', 'Asker', 'code_change');
  INSERT INTO organisation_fact SELECT organisation.id, 'population', 2026, '99000', 'SSB, 07459' FROM organisation WHERE organisation.key = 'asker';`;

/** What no backup holds, so that a test can see that it does not. */
const leftOut = `
  INSERT INTO frame_import (wave_id, actor_id, file_name, content, created_at, expires_at)
  SELECT CAST(:wave AS uuid), actor.id, 'ramme.csv', 'x', now(), now() FROM actor WHERE actor.name = 'Bo';
  INSERT INTO register_import (actor_id, created_at, content) SELECT actor.id, now(), '{}' FROM actor WHERE actor.name = 'Bo';
  INSERT INTO sign_in_link SELECT decode(repeat('ab', 32), 'hex'), actor.id, now() FROM actor WHERE actor.name = 'Bo';
  INSERT INTO used_sign_in_state VALUES (decode(repeat('cd', 32), 'hex'), now());
  INSERT INTO attempt VALUES (decode(repeat('ef', 32), 'hex'), 1, now());
  INSERT INTO attempt_key VALUES ('2000-01-01', decode(repeat('ef', 32), 'hex'));
  INSERT INTO clock_sighting VALUES (true, now(), now()) ON CONFLICT DO NOTHING;`;

/**
 * Puts at least one row into every table, by way of the database's own guards, beside a released wave `nett`.
 * @param context context of an installation with that wave
 * @param other an open wave
 * @returns id of another open wave, whose promises are kept from changes
 */
export async function fillEveryTable(context: Context, other: string): Promise<string> {
  const { waveId: wave } = await createRespondentWave(context, { state: 'draft' });
  const sealed = sealProviderSecret(context, providerSecret).toString('hex');
  for (const sql of [people, promises, fieldwork, afterwards, leftOut]) {
    for (const statement of sql.split(/;\n/)) await context.db.raw(statement, { wave, other, sealed });
  }
  return wave;
}
