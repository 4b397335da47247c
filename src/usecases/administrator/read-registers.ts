import type { Context } from '../../context';
import { selectRegions } from '../../db/regions';
import type { Actor } from '../../domain/permissions';
import { installation, requireRight } from '../authorise';
import { listRegisterAddresses, publicRegisters, type RegisterPart } from '../fetch-register-files';

/** What the installation has of registers. */
export interface RegisterState {
  readonly municipalityCodes: number;
  readonly countyCodes: number;
  /** Where answers are fetched from; null: nothing is ever fetched. */
  readonly hosts: readonly string[] | null;
  /** Addresses of the answers that each import takes. */
  readonly addresses: Readonly<Record<RegisterPart, readonly string[]>>;
}

/**
 * Tells what the installation has of registers and where it can fetch more.
 * @param context the process' context
 * @param actor who asks
 * @returns numbers of codes, and names of the servers
 */
export async function readRegisters(context: Context, actor: Actor): Promise<RegisterState> {
  requireRight(actor, 'administer installation', installation);
  const { registers, db } = context;
  const thisYear = context.now().getUTCFullYear();
  return {
    municipalityCodes: (await selectRegions(db, 'municipality')).codes.length,
    countyCodes: (await selectRegions(db, 'county')).codes.length,
    hosts: registers === null ? null : [new URL(registers.registerUrl).hostname, new URL(registers.klassUrl).hostname],
    addresses: listRegisterAddresses(registers ?? publicRegisters, thisYear),
  };
}
