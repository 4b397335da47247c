import { isEmail } from '../domain/fieldwork/contact';
import {
  agreedLimits,
  largestLimits,
  minimumCellSizeFloor,
  smallestLimits,
  type AgreedLimits,
} from '../domain/disclosure/policy';
import type { FieldFault } from '../errors';

const longestName = 200;
const largestMinimumCellSize = 100;

/** What is agreed in a network. */
export interface NetworkFields {
  readonly name: string;
  /** Whether members have agreed in writing to see each other; for waves that are created from now on. */
  readonly isOpen: boolean;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly releaseNeedsTwo: boolean;
  /** Smallest number of valid answers behind a figure in waves that are created from now on. */
  readonly minimumCellSize: number;
  /** The same for other limits. */
  readonly limits: AgreedLimits;
}

/**
 * Checks what is filled in about a network.
 * @param fields name, agreements and whom respondents can ask
 * @returns a fault for every field that cannot stand
 */
export function checkNetworkFields(fields: NetworkFields): FieldFault[] {
  const { name, contactName, contactEmail, minimumCellSize } = fields;
  const faults: FieldFault[] = [];
  if (name.trim() === '' || name.length > longestName) faults.push({ field: 'name', key: 'network.fault.name' });
  if (contactName !== null && contactName.length > longestName) {
    faults.push({ field: 'contactName', key: 'network.fault.contact_name' });
  }
  if (contactEmail !== null && !isEmail(contactEmail)) {
    faults.push({ field: 'contactEmail', key: 'network.fault.contact_email' });
  }
  const isWhole = Number.isInteger(minimumCellSize);
  if (!isWhole || minimumCellSize < minimumCellSizeFloor || minimumCellSize > largestMinimumCellSize) {
    faults.push({
      field: 'minimumCellSize',
      key: 'network.fault.minimum_cell_size',
      values: { floor: minimumCellSizeFloor },
    });
  }
  return [...faults, ...checkLimits(fields.limits)];
}

function checkLimits(limits: AgreedLimits): FieldFault[] {
  return agreedLimits.flatMap((field) => {
    const [smallest, largest, value] = [smallestLimits[field], largestLimits[field], limits[field]];
    const isWithin = Number.isInteger(value) && value >= smallest && value <= largest;
    return isWithin ? [] : [{ field, key: 'network.fault.limit', values: { smallest, largest } }];
  });
}
