import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { networkKey, releaseBenchWave } from './network';
import { openConnection, writePost } from './http-connection';

const email = 'coordinator@example.org';

/** Signs a coordinator of the network in and gives the cookie. */
export type SignIn = (port: number) => Promise<string>;

/** A released wave and somebody who may see it. */
export interface Comparison {
  /** Address of the comparison page. */
  readonly path: string;
  readonly signIn: SignIn;
}

/**
 * Makes somebody a coordinator of the network.
 * @param context context of this process
 */
export async function createCoordinator(context: Context): Promise<SignIn> {
  const { actorId } = await grantRole(context, operator, { role: 'coordinator', name: 'Kari', email, networkKey });
  const { path: link } = await createSignInLink(context, operator, { actorId });
  return async (port) => {
    const connection = await openConnection(port);
    const reply = await connection.exchange(writePost(link, {}, ''));
    connection.close();
    const [, cookie] = /\r\nset-cookie: (session=[^;]+)/i.exec(reply.head) ?? [];
    if (cookie === undefined) throw new Error(`signing in answers ${reply.status}`);
    return cookie;
  };
}

/**
 * Releases a wave and gives a coordinator the right to see it.
 * @param context context of this process
 * @param responses number of responses behind the figures, about
 */
export async function openComparison(context: Context, responses: number): Promise<Comparison> {
  const waveKey = await releaseBenchWave(context, responses);
  return { path: `/runder/${waveKey}/sammenligning`, signIn: await createCoordinator(context) };
}
