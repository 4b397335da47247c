import { moveContext, type Context } from '../context';
import { agreedLimitsSchema } from '../domain/disclosure/policy';
import { operator, type Actor } from '../domain/permissions';
import { createNetwork } from '../usecases/coordinator/create-network';
import { editNetwork } from '../usecases/coordinator/edit-network';
import { importOrganisations } from '../usecases/coordinator/import-organisations';
import { mayFillDemo } from '../usecases/visitor/read-demo';
import { fillOpenWave } from './fill-open-wave';
import { fillDraftWave, fillWaitingWave } from './fill-unfinished-waves';
import { fillEarlierWave } from './fill-waves';
import { openMailbox, type DemoAddresses, type DemoMailbox } from './mailbox';
import { demoOrganisations, drawUnits, type DemoUnit } from './organisations';
import { grantDemoRoles } from './people';
import { createSeededRandom, type SeededRandom } from './seeded-random';
import { writeOrganisations } from './write-files';

const seed = 20_261;
const networkKey = 'innovasjonsnettverket';
const network = {
  name: 'Regionalt innovasjonsnettverk (demo)',
  isOpen: true,
  contactName: 'Kari Koordinator',
  contactEmail: 'koordinator@example.org',
};
const smallestGroup = 7;
/** Municipalities are compared with municipalities, counties with counties. */
const peerBases = ['kind'];
const addresses: DemoAddresses = {
  // Some have left since the addresses were collected.
  isDead: (address) => /-(?:13|31)@example\.org$/.test(address),
  isShown: (address) => /^(?:asker-.*|koordinator)@example\.org$/.test(address),
};

/**
 * Fills an empty installation with the demo network: seven members, people with roles, and waves at every stage from draft
 * to released, everything synthetic and marked so. All in one transaction: a server that is killed half-way leaves nothing
 * behind.
 * @param context the process' context
 * @param tell called with a line for the person who waits, when there is something to fill in
 */
export async function fillDemo(context: Context, tell: (line: string) => void): Promise<void> {
  if (!(await mayFillDemo(context))) return;
  tell('Fyller inn demonettverket med syntetiske svar. Det tar omtrent et minutt, bare denne ene gangen.');
  const mailbox = openMailbox(context, addresses);
  await context.db.transaction(async (transaction) => {
    const inside = moveContext(context, transaction);
    await createNetwork(inside, operator, { ...network, key: networkKey, isDemo: true });
    await importOrganisations(inside, operator, { networkKey, file: writeOrganisations(demoOrganisations) });
    const coordinator = await grantDemoRoles(inside, networkKey);
    const random = createSeededRandom(seed);
    const units = demoOrganisations.flatMap((organisation) => drawUnits(random, organisation));
    await fillWaves(inside, random, { units, coordinator, mailbox });
  });
  await mailbox?.moveToFolder();
}

interface DemoParts {
  readonly units: readonly DemoUnit[];
  readonly coordinator: Actor;
  readonly mailbox: DemoMailbox | null;
}

async function fillWaves(
  context: Context,
  random: SeededRandom,
  { units, coordinator, mailbox }: DemoParts,
): Promise<void> {
  const shared = { networkKey, instrument: 'workplace/1', units };
  const first = { ...shared, key: '2022', period: '2021–2022', trend: 0, released: '2023-03-15' };
  const second = { ...shared, peerBases, key: '2024', period: '2023–2024', trend: 0.12, released: '2025-03-12' };
  await fillEarlierWave(context, random, first);
  await fillEarlierWave(context, random, { ...second, visibility: 'public' });
  await editNetwork(context, operator, {
    networkKey,
    written: {
      ...network,
      releaseNeedsTwo: true,
      minimumCellSize: smallestGroup,
      limits: agreedLimitsSchema.parse({}),
    },
  });
  const trial = units.filter(({ organisation }) => ['asker', 'drammen', 'barum'].includes(organisation.key));
  const waiting = {
    ...shared,
    units: trial,
    key: 'prove-2025',
    period: '2024–2025',
    trend: 0.15,
    released: '2026-06-10',
  };
  await fillWaitingWave(context, random, waiting, coordinator);
  const open = { ...shared, peerBases, key: '2026', period: '2025–2026', trend: 0.2 };
  await fillOpenWave(context, random, open, { coordinator, mailbox });
  await fillDraftWave(context, { ...shared, peerBases, key: '2028', period: '2027–2028', trend: 0.25 }, coordinator);
}
