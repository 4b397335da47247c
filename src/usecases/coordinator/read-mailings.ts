import type { Context } from '../../context';
import { selectAudience, type Audience } from '../../db/mail-items';
import { selectTroubledMails, type TroubledMail } from '../../db/mail-outcomes';
import { selectMailings, type Mailing } from '../../db/mailings';
import { selectOptionalActorAddress, selectTestMailReceivedOn } from '../../db/mail-tests';
import { selectNetwork } from '../../db/networks';
import type { Wave } from '../../db/waves';
import { lastMailing } from '../../domain/mail/mailings';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';
import { mayMail } from '../wave-mail';

/** Mails that did not arrive which one page lists. */
const mostTroubled = 200;

/** How the mail of a wave stands. Who has answered is told in numbers only. */
export interface MailingOverview {
  readonly wave: Pick<Wave, 'key' | 'networkId' | 'period' | 'state' | 'closesOn' | 'deleteAddressesOn'>;
  readonly network: { readonly name: string; readonly isDemo: boolean };
  /** Null: this installation has no way out for mail of the wave. */
  readonly mailKind: 'smtp' | 'folder' | null;
  readonly perMinute: number;
  /** By number. */
  readonly mailings: readonly Mailing[];
  readonly audience: Audience;
  /** Number of the mailing that can be asked for next; null when there have been three reminders. */
  readonly next: number | null;
  readonly troubled: readonly TroubledMail[];
  /** YYYY-MM-DD. */
  readonly testMailReceivedOn: string | null;
  /** Where a test goes unless somebody says otherwise; null: the reader has no address here. */
  readonly ownAddress: string | null;
}

/**
 * Reads how the mail of a wave stands.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readMailings(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<MailingOverview> {
  const { db, config, mailer } = context;
  const wave = await findWave(db, actor, { key: input.waveKey, action: 'manage wave' });
  const network = await selectNetwork(db, wave.networkKey);
  const mailings = await selectMailings(db, wave.id);
  return {
    wave,
    network: { name: network.name, isDemo: network.isDemo },
    mailKind: mailer !== null && mayMail(context, network) ? mailer.kind : null,
    perMinute: config.mail?.perMinute ?? 0,
    mailings,
    audience: await selectAudience(db, wave.id),
    next: mailings.length <= lastMailing ? mailings.length : null,
    troubled: await selectTroubledMails(db, { waveId: wave.id, most: mostTroubled }),
    testMailReceivedOn: await selectTestMailReceivedOn(db, wave.id),
    ownAddress: actor.kind === 'person' ? ((await selectOptionalActorAddress(db, actor.id))?.email ?? null) : null,
  };
}
