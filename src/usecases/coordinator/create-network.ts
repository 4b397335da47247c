import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { insertNetwork, selectOptionalNetwork, type Network } from '../../db/networks';
import { agreedLimitsSchema, minimumCellSizeFloor, type AgreedLimits } from '../../domain/disclosure/policy';
import type { Actor } from '../../domain/permissions';
import { AppError, type ErrorCode, type FieldFault } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';
import { checkNetworkFields } from '../network-fields';

const keyPattern = /^[a-z][a-z0-9-]{0,39}$/;

/** What a network begins with. */
export interface CreateNetworkInput {
  readonly key: string;
  readonly name: string;
  /** Whether members have agreed in writing to see each other. */
  readonly isOpen: boolean;
  readonly isDemo?: boolean;
  readonly contactName?: string;
  readonly contactEmail?: string;
  /** Whether figures are released only when a second person has agreed; false unless given. */
  readonly releaseNeedsTwo?: boolean;
  /** No new wave shows figures on fewer valid answers; 5 unless given. */
  readonly minimumCellSize?: number;
  /** Other limits of new waves; the defaults unless given. */
  readonly limits?: AgreedLimits;
}

/**
 * Creates a network without members.
 * @param context the process' context
 * @param actor who asks
 * @param input key, name, agreements and whom respondents can ask
 * @returns the network
 * @throws AppError network_exists, key_invalid, value_invalid, each with the fields that are at fault
 */
export async function createNetwork(context: Context, actor: Actor, input: CreateNetworkInput): Promise<Network> {
  requireRight(actor, 'administer installation', installation);
  const { key } = input;
  const fields = {
    name: input.name.trim(),
    isOpen: input.isOpen,
    contactName: input.contactName ?? null,
    contactEmail: input.contactEmail ?? null,
    releaseNeedsTwo: input.releaseNeedsTwo ?? false,
    minimumCellSize: input.minimumCellSize ?? minimumCellSizeFloor,
    limits: input.limits ?? agreedLimitsSchema.parse({}),
  };
  return nameConstraintFaults({ key }, () =>
    context.db.transaction(async (transaction) => {
      const isTaken = (await selectOptionalNetwork(transaction, key)) !== null;
      throwFaults(key, [...checkKey(key, isTaken), ...checkNetworkFields(fields)], isTaken);
      const network = await insertNetwork(transaction, { key, ...fields, isDemo: input.isDemo ?? false });
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: network.id,
        action: 'created network',
        subject: key,
        detail: {
          isOpen: fields.isOpen,
          releaseNeedsTwo: fields.releaseNeedsTwo,
          minimumCellSize: fields.minimumCellSize,
          limits: JSON.stringify(fields.limits),
        },
      });
      return network;
    }),
  );
}

function checkKey(key: string, isTaken: boolean): FieldFault[] {
  if (!keyPattern.test(key)) return [{ field: 'key', key: 'network.fault.key' }];
  return isTaken ? [{ field: 'key', key: 'network.fault.key_taken', values: { key } }] : [];
}

function throwFaults(key: string, fields: readonly FieldFault[], isTaken: boolean): void {
  const [first] = fields;
  if (first === undefined) return;
  const code: ErrorCode = first.field !== 'key' ? 'value_invalid' : isTaken ? 'network_exists' : 'key_invalid';
  throw new AppError(code, { values: { key, field: first.field, value: '' }, fields });
}
