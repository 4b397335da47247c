import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import type { Database } from '../../db/database';
import { selectOptionalInstrument, type InstrumentVersion } from '../../db/instruments';
import { insertWave } from '../../db/waves';
import { createPolicy, defaultPolicy, minimumCellSizeFloor } from '../../domain/disclosure/policy';
import type { DisclosurePolicy } from '../../domain/disclosure/types';
import { isDay } from '../../domain/fieldwork/read-wave-plan';
import type { AnonymityLevel } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findNetwork, idOf } from '../authorise';

const longestPeriod = 40;
const largestMinimumCellSize = 100;

/** What a wave begins with. */
export interface CreateWaveInput {
  readonly key: string;
  readonly networkKey: string;
  /** For example workplace/1. */
  readonly instrument: string;
  /** Reference period as it is shown, for example 2024-2025. */
  readonly period: string;
  /** Smallest number of valid answers behind a figure; 7 unless given, never below what the network has agreed. */
  readonly minimumCellSize?: number;
  readonly anonymityLevel?: AnonymityLevel;
  /** Last day for answering, YYYY-MM-DD. */
  readonly closesOn?: string;
}

/**
 * Creates a draft wave: its instrument, policy and anonymity level can be seen by everybody before anybody is asked.
 * @param context the process' context
 * @param actor who asks
 * @param input what the wave begins with
 * @returns key of the wave
 * @throws AppError network_unknown, instrument_unknown, policy_floor, wave_exists, key_invalid, value_invalid
 */
export async function createWave(
  context: Context,
  actor: Actor,
  input: CreateWaveInput,
): Promise<{ readonly key: string; readonly policy: DisclosurePolicy }> {
  const { key, period } = input;
  return nameConstraintFaults({ key, floor: minimumCellSizeFloor }, () =>
    context.db.transaction(async (transaction) => {
      const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage wave' });
      checkInput(input, network.minimumCellSize);
      const version = await findInstrument(transaction, input.instrument);
      const smallest = Math.max(defaultPolicy.minimumCellSize, network.minimumCellSize);
      const minimumCellSize = input.minimumCellSize ?? smallest;
      const { codebook } = await context.instruments.load(transaction, version.versionId);
      const policy = createPolicy(network, minimumCellSize);
      await insertWave(transaction, {
        key,
        networkId: network.id,
        instrumentVersionId: version.versionId,
        period: period.trim(),
        anonymityLevel: input.anonymityLevel ?? 'anonym',
        policy,
        closesOn: input.closesOn ?? null,
        population: codebook.population,
      });
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: network.id,
        action: 'created wave',
        subject: key,
        detail: { instrument: input.instrument, minimumCellSize, anonymityLevel: input.anonymityLevel ?? 'anonym' },
      });
      return { key, policy };
    }),
  );
}

function checkInput({ period, minimumCellSize, closesOn }: CreateWaveInput, floor: number): void {
  if (minimumCellSize !== undefined && minimumCellSize < floor) {
    throw new AppError('policy_floor', { values: { floor } });
  }
  if (
    minimumCellSize !== undefined &&
    (minimumCellSize > largestMinimumCellSize || !Number.isInteger(minimumCellSize))
  ) {
    throw new AppError('value_invalid', { values: { field: 'k', value: minimumCellSize } });
  }
  if (period.trim() === '' || period.length > longestPeriod) {
    throw new AppError('value_invalid', { values: { field: 'period', value: period } });
  }
  if (closesOn !== undefined && !isDay(closesOn)) {
    throw new AppError('value_invalid', { values: { field: 'closes', value: closesOn } });
  }
}

async function findInstrument(db: Database, name: string): Promise<InstrumentVersion> {
  const [, id = '', number = ''] = /^([a-z][a-z0-9_]*)\/([1-9]\d{0,5})$/.exec(name) ?? [];
  const version = await selectOptionalInstrument(db, { id, version: Number(number) });
  if (version === null) throw new AppError('instrument_unknown', { values: { key: name } });
  return version;
}
