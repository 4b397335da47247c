import type { Context } from '../../context';
import { selectNetworkSummaries, type NetworkSummary, type WaveSummary } from '../../db/overviews';
import { isHeldBack } from '../../domain/fieldwork/release-choice';
import type { LocalisedText } from '../../domain/languages';
import { can, canSomewhere, type Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

export interface NetworkForActor extends Omit<NetworkSummary, 'waves'> {
  /** Newest first. */
  readonly waves: readonly (WaveSummary & {
    readonly instrumentTitle: LocalisedText;
    /** Released, but not for the actor yet. */
    readonly isHeldBack: boolean;
  })[];
  readonly canManageWaves: boolean;
  readonly canSeeResults: boolean;
  readonly canExport: boolean;
  readonly canManagePeople: boolean;
  /** Participation of all members, or of the actor's own organisation. */
  readonly canSeeFieldwork: boolean;
  /** May change members and agreements. */
  readonly canManage: boolean;
}

/**
 * Lists the networks that an actor has something to do with.
 * @param context the process' context
 * @param actor who asks
 * @returns networks with their waves and what the actor may do there
 * @throws AppError sign_in_needed for somebody who has not signed in
 */
export async function readNetworks(context: Context, actor: Actor): Promise<readonly NetworkForActor[]> {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  const networks = await selectNetworkSummaries(context.db);
  const visible = networks
    .map((network) => {
      const subject = { networkId: network.id, organisationId: null };
      return {
        ...network,
        canManageWaves: can(actor, 'manage wave', subject),
        canSeeResults: can(actor, 'see results', subject),
        canExport: can(actor, 'export results', subject),
        canManagePeople: can(actor, 'manage people', subject),
        canManage: can(actor, 'manage network', subject),
        canSeeFieldwork: canSomewhere(actor, 'see own fieldwork', network.id),
      };
    })
    .filter((network) => network.canSeeResults || network.canSeeFieldwork);
  return Promise.all(
    visible.map(async (network) => ({
      ...network,
      waves: await Promise.all(
        network.waves.map(async (wave) => {
          const { title } = await context.instruments.load(context.db, wave.instrumentVersionId);
          const isHeld = !network.canManageWaves && isHeldBack(wave.embargoUntil, context.now());
          return { ...wave, instrumentTitle: title, isHeldBack: isHeld };
        }),
      ),
    })),
  );
}
