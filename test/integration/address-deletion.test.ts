import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { deleteExpiredAddresses } from '../../src/usecases/administrator/delete-expired-addresses';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { readWave } from '../../src/usecases/coordinator/read-wave';
import { createClosedWave, type ImportedUnit } from '../support/closed-wave';
import { withDatabase } from '../support/database';
import { createTestContext } from '../support/fieldwork';

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
    expect([await count('invitation'), await count('invitation_token'), await count('draft')]).toEqual([0, 0, 0]);
    expect(await count('response')).toBe(32);
    expect(await count("audit_event WHERE action = 'deleted addresses'")).toBe(1);

    const after = await readWave(context, operator, { waveKey: 'deletion' });
    expect(after.organisations).toEqual(before.organisations);
    expect(await deleteExpiredAddresses({ ...context, now: () => day })).toEqual([]);
    await expect(createLinks(context, operator, { waveKey: 'deletion' })).rejects.toMatchObject({ code: 'wave_state' });
  });
});
