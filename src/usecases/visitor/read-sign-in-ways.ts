import type { Context } from '../../context';
import { selectProviders } from '../../db/identity-providers';

/** How one can sign in to this installation. */
export interface SignInWays {
  /** Whether links are mailed. */
  readonly hasMail: boolean;
  readonly providers: readonly {
    readonly key: string;
    readonly name: string;
    /** Names of the organisations whose people it is for; none: anybody. */
    readonly organisations: readonly string[];
  }[];
}

/**
 * Reads how one can sign in.
 * @param context the process' context
 */
export async function readSignInWays(context: Context): Promise<SignInWays> {
  const providers = await selectProviders(context.db);
  return {
    hasMail: context.mailer !== null,
    providers: providers
      .filter(({ isActive }) => isActive)
      .map(({ key, name, organisations }) => ({ key, name, organisations: organisations.map((each) => each.name) })),
  };
}
