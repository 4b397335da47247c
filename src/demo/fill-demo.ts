import { moveContext, type Context } from '../context';
import { operator } from '../domain/permissions';
import { grantRole } from '../usecases/administrator/grant-role';
import { createNetwork } from '../usecases/coordinator/create-network';
import { importOrganisations } from '../usecases/coordinator/import-organisations';
import { mayFillDemo } from '../usecases/visitor/read-demo';
import { demoOrganisations, drawUnits } from './organisations';
import { fillEarlierWave, fillOpenWave } from './fill-waves';
import { createSeededRandom } from './seeded-random';
import { writeOrganisations } from './write-files';

const seed = 20_261;
const networkKey = 'innovasjonsnettverket';

/**
 * Fills an empty installation with the demo network: seven members, two released waves and an open one, everything
 * synthetic and marked so. All in one transaction: a server that is killed half-way leaves nothing behind.
 * @param context the process' context
 * @param tell called with a line for the person who waits, when there is something to fill in
 */
export async function fillDemo(context: Context, tell: (line: string) => void): Promise<void> {
  if (!(await mayFillDemo(context))) return;
  tell('Fyller inn demonettverket med syntetiske svar. Det tar omtrent et halvt minutt, bare denne ene gangen.');
  await context.db.transaction(async (transaction) => {
    const inside = moveContext(context, transaction);
    await createNetwork(inside, operator, {
      key: networkKey,
      name: 'Regionalt innovasjonsnettverk (demo)',
      isOpen: true,
      isDemo: true,
      contactName: 'Demokoordinator',
      contactEmail: 'koordinator@example.org',
    });
    await importOrganisations(inside, operator, { networkKey, file: writeOrganisations(demoOrganisations) });
    await grantPeople(inside);
    const random = createSeededRandom(seed);
    const units = demoOrganisations.flatMap((organisation) => drawUnits(random, organisation));
    const shared = { networkKey, instrument: 'workplace/1', units };
    await fillEarlierWave(inside, random, {
      ...shared,
      key: '2022',
      period: '2021–2022',
      trend: 0,
      released: '2023-03-15',
    });
    await fillEarlierWave(inside, random, {
      ...shared,
      key: '2024',
      period: '2023–2024',
      trend: 0.12,
      released: '2025-03-12',
    });
    await fillOpenWave(inside, random, { ...shared, key: '2026', period: '2025–2026', trend: 0.2 });
  });
}

async function grantPeople(context: Context): Promise<void> {
  const people = [
    { role: 'coordinator', name: 'Kari Koordinator', email: 'koordinator@example.org' },
    { role: 'researcher', name: 'Frode Forsker', email: 'forsker@example.org' },
    { role: 'organisation_contact', name: 'Aud i Asker', email: 'asker@example.org', organisationKey: 'asker' },
  ] as const;
  for (const person of people) await grantRole(context, operator, { ...person, networkKey });
}
