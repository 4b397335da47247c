import type { Context } from '../../context';
import { selectNetwork } from '../../db/networks';
import type { WavePromises } from '../../db/opened-invitations';
import type { RespondentInvitation } from '../../db/respondent-invitations';
import { selectWaveMembers } from '../../db/wave-members';
import { selectOptionalWavePrivacy, selectOrganisationPrivacy } from '../../db/wave-privacy';
import type { Wave } from '../../db/waves';
import type { OrganisationPrivacy } from '../../domain/fieldwork/privacy';
import { addDays, toDate } from '../../domain/fieldwork/wave-state';
import type { CompiledInstrument } from '../../domain/instrument/types';
import type { Language } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';

/** What a respondent of the wave would meet, without an invitation and without anything to store. */
export interface Preview {
  readonly waveKey: string;
  readonly networkId: string;
  readonly instrument: CompiledInstrument;
  readonly invitation: RespondentInvitation;
  readonly promises: WavePromises;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** Invited in the group that page 1 tells of: an example, for the real one depends on the workplace. */
const exampleStratumInvited = 7;

/**
 * Reads the questionnaire of a wave as a respondent of its first organisation would meet it today. Stores nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and the reader's language
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readPreview(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly language: Language },
): Promise<Preview> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  const network = await selectNetwork(context.db, wave.networkKey);
  const members = await selectWaveMembers(context.db, wave.id);
  const member = members.find(({ isLeftOut }) => !isLeftOut);
  const own = await selectOptionalWavePrivacy(context.db, wave.id);
  const parts = await selectOrganisationPrivacy(context.db, wave.id);
  const part = member === undefined ? undefined : parts.get(member.organisationId);
  const today = toDate(context.now());
  const isOpenNetwork = wave.state === 'draft' ? network.isOpen : wave.policy.isOpenNetwork;
  const organisationName = member?.name ?? network.name;
  return {
    waveKey: wave.key,
    networkId: wave.networkId,
    instrument: await context.instruments.load(context.db, wave.instrumentVersionId),
    invitation: {
      ...describeWave(wave, today),
      language: input.language,
      organisationName,
      network: {
        name: network.name,
        isDemo: network.isDemo,
        isOpen: isOpenNetwork,
        contactName: network.contactName,
        contactEmail: network.contactEmail,
      },
    },
    promises: {
      population: wave.population,
      publicCellSize: wave.publicCellSize,
      privacy: own === null ? null : { ...own, ...(part ?? noPart(organisationName)) },
    },
    today,
  };
}

function noPart(controller: string): OrganisationPrivacy {
  return { controller, officerName: null, officerEmail: null, agreementOn: null, discussedOn: null };
}

function describeWave(
  wave: Wave,
  today: string,
): Omit<RespondentInvitation, 'language' | 'organisationName' | 'network'> {
  return {
    id: '',
    waveId: wave.id,
    disposition: null,
    stratum: null,
    stratumInvited: exampleStratumInvited,
    instrumentVersionId: wave.instrumentVersionId,
    waveState: wave.state,
    anonymityLevel: wave.anonymityLevel,
    minimumCellSize: wave.policy.minimumCellSize,
    closesOn: wave.closesOn,
    deleteAddressesOn: wave.deleteAddressesOn ?? addDays(today, wave.retentionDays),
  };
}
