import type { Express } from 'express';
import request from 'supertest';
import type { Context } from '../../src/context';
import type { Sector } from '../../src/domain/fieldwork/types';
import { operator, type Role } from '../../src/domain/permissions';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { inviteAdministrator } from '../../src/usecases/administrator/invite-administrator';
import type { PeerForm } from '../../src/usecases/coordinator/choose-peers';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { createClosedWave, type ImportedUnit } from './closed-wave';

/** Answers of one sector of one organisation: how many were invited, answered, and said yes. */
interface Cell {
  readonly organisation: string;
  readonly sector: Sector;
  readonly invited: number;
  readonly answered: number;
  readonly yes: number;
}

/** Asker's health sector (3 answers) and the whole of Viken (4 answers, 75 per cent yes) are too small to be shown. */
const cells: readonly Cell[] = [
  { organisation: 'asker', sector: 'education', invited: 40, answered: 30, yes: 27 },
  { organisation: 'asker', sector: 'health', invited: 5, answered: 3, yes: 2 },
  { organisation: 'drammen', sector: 'education', invited: 40, answered: 28, yes: 8 },
  { organisation: 'drammen', sector: 'health', invited: 30, answered: 21, yes: 9 },
  { organisation: 'lier', sector: 'education', invited: 36, answered: 24, yes: 8 },
  { organisation: 'lier', sector: 'health', invited: 30, answered: 20, yes: 7 },
  { organisation: 'viken', sector: 'education', invited: 6, answered: 4, yes: 3 },
];

function createUnits(): readonly ImportedUnit[] {
  return cells.flatMap(({ organisation, sector, invited, answered, yes }) =>
    Array.from({ length: invited }, (_, index): ImportedUnit => {
      const hasAnswered = index < answered;
      const usesTool = index < yes;
      return {
        unit: `${organisation}-${sector}-${index}`,
        organisation,
        sector,
        size: 'M',
        isInvited: true,
        disposition: hasAnswered ? 'I' : 'NC',
        usesTool: hasAnswered ? (usesTool ? 'yes' : 'no') : '',
        purposes: hasAnswered && usesTool ? (index % 2 === 0 ? ['planning'] : ['writing', 'contact']) : [],
        training: hasAnswered ? (index % 3 === 0 ? 'agree' : 'disagree') : '',
      };
    }),
  );
}

/**
 * Makes a network with a closed wave, and releases it unless told otherwise.
 * @param context context with the test database
 * @param key key of network and wave
 * @param options isOpen: whether members see each other; isReleased: false leaves the wave closed; peers: groups to compare
 *   with, none unless told
 */
export async function createResultsNetwork(
  context: Context,
  key: string,
  { isOpen = true, isReleased = true, peers }: { isOpen?: boolean; isReleased?: boolean; peers?: PeerForm } = {},
): Promise<void> {
  const chosen = peers === undefined ? {} : { peers };
  await createClosedWave(context, { networkKey: key, waveKey: key, isOpen, units: createUnits(), ...chosen });
  if (isReleased) await releaseWave(context, operator, { waveKey: key });
}

/** A browser of somebody who has signed in. */
export type Agent = ReturnType<typeof request.agent>;

/**
 * Signs somebody in through the page that a personal link opens.
 * @param site the program
 * @param person role, network and (for contacts) organisation
 * @returns their browser
 */
export async function signInAs(
  { app, context }: { app: Express; context: Context },
  person: { role: Role; networkKey: string; organisationKey?: string },
): Promise<Agent> {
  const email = `${person.role}-${person.networkKey}-${person.organisationKey ?? ''}@example.org`;
  const path = await createLink(context, { ...person, email });
  const agent = request.agent(app);
  await agent.post(path).type('form').send({}).expect(303);
  return agent;
}

async function createLink(
  context: Context,
  person: { role: Role; networkKey: string; organisationKey?: string; email: string },
): Promise<string> {
  const { role, networkKey, organisationKey, email } = person;
  if (role === 'administrator') return (await inviteAdministrator(context, operator, { email })).path;
  const { actorId } = await grantRole(context, operator, {
    email,
    name: `${role} i ${networkKey}`,
    role,
    networkKey,
    ...(organisationKey === undefined ? {} : { organisationKey }),
  });
  return (await createSignInLink(context, operator, { actorId })).path;
}
