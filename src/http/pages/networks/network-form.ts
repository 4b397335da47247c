import { defaultPolicy, type AgreedChoice, type AgreedLimit } from '../../../domain/disclosure/policy';
import type { NetworkOverview } from '../../../usecases/coordinator/read-network';
import type { NetworkFields } from '../../../usecases/network-fields';
import { readFields } from '../../form-fields';

/** What is proposed for a network that is new: as many as a wave shows unless told otherwise. */
const proposedCellSize = 7;

/** The form of a network, as it is written. */
export interface NetworkForm extends Readonly<Record<AgreedLimit | AgreedChoice, string>> {
  readonly key: string;
  readonly name: string;
  readonly openness: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly releaseNeedsTwo: string;
  readonly minimumCellSize: string;
}

/** A network that is new. */
export const emptyNetworkForm: NetworkForm = {
  key: '',
  name: '',
  openness: 'closed',
  contactName: '',
  contactEmail: '',
  releaseNeedsTwo: '',
  minimumCellSize: String(proposedCellSize),
  ...mapLimits((name) => String(defaultPolicy[name])),
  ...mapChoices(() => ''),
};

function mapLimits<T>(read: (name: AgreedLimit) => T): Record<AgreedLimit, T> {
  return {
    minimumOrganisations: read('minimumOrganisations'),
    minimumWorkplaces: read('minimumWorkplaces'),
    insiders: read('insiders'),
    minimumRelevantDifference: read('minimumRelevantDifference'),
  };
}

function mapChoices<T>(read: (name: AgreedChoice) => T): Record<AgreedChoice, T> {
  return { buildingBlocks: read('buildingBlocks'), conservativeIntervals: read('conservativeIntervals') };
}

/** Zero for what is no number; no limit allows it. */
const readNumber = (text: string): number => (/^\d{1,3}$/.test(text) ? Number(text) : 0);

/**
 * Reads the posted form.
 * @param body fields of the form
 * @param key key of the network
 */
export function readNetworkForm(body: unknown, key: string): NetworkForm {
  const field = readFields(body).text;
  return {
    key,
    name: field('name'),
    openness: field('openness'),
    contactName: field('contactName'),
    contactEmail: field('contactEmail'),
    releaseNeedsTwo: field('releaseNeedsTwo'),
    minimumCellSize: field('minimumCellSize'),
    ...mapLimits(field),
    ...mapChoices(field),
  };
}

/**
 * @param values the form as it is written
 * @returns what it says of the network; what cannot be read is left for the rules to find
 */
export function toNetworkFields(values: NetworkForm): NetworkFields {
  return {
    name: values.name,
    isOpen: values.openness === 'open',
    contactName: values.contactName === '' ? null : values.contactName,
    contactEmail: values.contactEmail === '' ? null : values.contactEmail,
    releaseNeedsTwo: values.releaseNeedsTwo === '1',
    minimumCellSize: readNumber(values.minimumCellSize),
    limits: {
      ...mapLimits((name) => readNumber(values[name])),
      ...mapChoices((name) => values[name] === '1'),
    },
  };
}

/**
 * @param network a network
 * @returns the form as it stands for it
 */
export function fillNetworkForm(network: NetworkOverview['network']): NetworkForm {
  return {
    key: network.key,
    name: network.name,
    openness: network.isOpen ? 'open' : 'closed',
    contactName: network.contactName ?? '',
    contactEmail: network.contactEmail ?? '',
    releaseNeedsTwo: network.releaseNeedsTwo ? '1' : '',
    minimumCellSize: String(network.minimumCellSize),
    ...mapLimits((name) => String(network.limits[name])),
    ...mapChoices((name) => (network.limits[name] ? '1' : '')),
  };
}
