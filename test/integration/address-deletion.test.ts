import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { deleteExpiredAddresses } from '../../src/usecases/administrator/delete-expired-addresses';
import { hashToken } from '../../src/domain/fieldwork/tokens';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { readBoard } from '../../src/usecases/coordinator/read-board';
import { readWave } from '../../src/usecases/coordinator/read-wave';
import { createClosedWave, type ImportedUnit } from '../support/closed-wave';
import { withDatabase } from '../support/database';
import { createDraftWave, createTestContext } from '../support/fieldwork';

const database = withDatabase();

const units: readonly ImportedUnit[] = ['asker', 'drammen', 'lier', 'viken'].flatMap((organisation) =>
  Array.from({ length: 8 }, (_, index) => ({
    unit: `${organisation}-${index}`,
    organisation,
    sector: 'education' as const,
    size: 'M' as const,
    isInvited: true,
    disposition: 'I' as const,
    usesTool: 'yes' as const,
    purposes: ['planning'],
    training: 'agree',
  })),
);

async function count(table: string): Promise<number> {
  const result = await database.db().raw<{ rows: { count: number }[] }>(`SELECT count(*) AS count FROM ${table}`);
  return Number(result.rows[0]?.count);
}

describe('on the day that was promised when the wave opened', () => {
  let context: Context;
  beforeAll(async () => {
    context = await createTestContext(database.db());
    await createClosedWave(context, { networkKey: 'deletion', waveKey: 'deletion', isOpen: true, units });
  });

  it('not before, invitations with names, addresses and tokens go, and the counts stay', async () => {
    const [wave] = (
      await database.db().raw<{ rows: { day: string }[] }>('SELECT delete_addresses_on::text AS day FROM wave')
    ).rows;
    const day = new Date(`${wave?.day ?? ''}T12:00:00Z`);
    const dayBefore = new Date(day.getTime() - 86_400_000);
    const before = await readWave(context, operator, { waveKey: 'deletion' });

    expect(await deleteExpiredAddresses({ ...context, now: () => dayBefore })).toEqual([]);
    expect(await count('invitation')).toBe(32);

    const deleted = await deleteExpiredAddresses({ ...context, now: () => day });
    expect(deleted).toMatchObject([{ key: 'deletion', invitations: 32 }]);
    const proof = await database.db().raw<{ rows: unknown[] }>(
      `SELECT promised_on = done_on AS kept, invitations, addresses, links, drafts, mail_items, strata_kept
         FROM deletion_proof`,
    );
    expect(proof.rows).toEqual([
      { kept: true, invitations: 32, addresses: 0, links: 0, drafts: 0, mail_items: 0, strata_kept: 4 },
    ]);
    expect([await count('invitation'), await count('invitation_token'), await count('draft')]).toEqual([0, 0, 0]);
    expect(await count('response')).toBe(32);
    expect(await count("audit_event WHERE action = 'deleted addresses'")).toBe(1);

    const after = await readWave(context, operator, { waveKey: 'deletion' });
    expect(after.organisations).toEqual(before.organisations);
    expect(await deleteExpiredAddresses({ ...context, now: () => day })).toEqual([]);
    await expect(createLinks(context, operator, { waveKey: 'deletion' })).rejects.toMatchObject({ code: 'wave_state' });
  });
});

describe('after the deletion', () => {
  const planted = 'plantet.adresse@hemmelig.example';

  /** Every row of every table of the database as text. */
  async function dumpDatabase(): Promise<string> {
    const db = database.db();
    const tables = await db.raw<{ rows: { name: string }[] }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const parts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await db.raw<{ rows: { text: string | null }[] }>(
        `SELECT string_agg(to_jsonb(each)::text || each::text, E'\\n') AS text FROM ${name} AS each`,
      );
      parts.push(rows[0]?.text ?? '');
    }
    return parts.join('\n');
  }

  it('no table holds the names, addresses and tokens of the wave, and the board shows the proof', async () => {
    const context = await createTestContext(database.db());
    const db = database.db();
    await createDraftWave(context, 'plantet', { units: 12 });
    await db.raw(
      `UPDATE invitation SET email = :planted, name = 'Plantet Navnesen' FROM wave
        WHERE wave.id = invitation.wave_id AND wave.key = 'plantet'`,
      { planted },
    );
    await openWave(context, operator, { waveKey: 'plantet' });
    const links = await createLinks(context, operator, { waveKey: 'plantet' });
    const hashes = links.map(({ link }) => hashToken(new URL(link).pathname.split('/').at(-1) ?? '').toString('hex'));
    await db.raw(
      `INSERT INTO draft (invitation_id, answers, page, language)
       SELECT invitation.id, '{"wish": "plantet utkast"}', 'tools', 'nb' FROM invitation
         JOIN wave ON wave.id = invitation.wave_id WHERE wave.key = 'plantet' LIMIT 1`,
    );
    await db.raw(`INSERT INTO mailing (wave_id, number, state) SELECT id, 0, 'done' FROM wave WHERE key = 'plantet'`);
    await db.raw(
      `INSERT INTO mail_item (mailing_id, invitation_id, message_id, state)
       SELECT mailing.id, invitation.id, 'plantet-' || invitation.id, 'sent' FROM mailing
         JOIN wave ON wave.id = mailing.wave_id AND wave.key = 'plantet'
         JOIN invitation ON invitation.wave_id = wave.id`,
    );
    const before = await dumpDatabase();
    for (const secret of [planted, 'Plantet Navnesen', 'plantet utkast', 'plantet-', ...hashes]) {
      expect(before).toContain(secret);
    }
    const { wave } = await readBoard(context, operator, { waveKey: 'plantet', organisation: null });
    const day = new Date(`${wave.deleteAddressesOn ?? ''}T12:00:00Z`);
    await db.raw('DELETE FROM clock_sighting');
    await deleteExpiredAddresses({ ...context, now: () => day });
    const after = await dumpDatabase();
    for (const secret of [planted, 'Plantet Navnesen', 'plantet utkast', 'plantet-', ...hashes]) {
      expect(after).not.toContain(secret);
    }
    const { proof } = await readBoard(context, operator, { waveKey: 'plantet', organisation: null });
    expect(proof).toEqual({
      promisedOn: wave.deleteAddressesOn,
      doneOn: wave.deleteAddressesOn,
      invitations: 24,
      addresses: 24,
      links: 24,
      drafts: 1,
      mailItems: 24,
      strataKept: 12,
    });
  });
});
