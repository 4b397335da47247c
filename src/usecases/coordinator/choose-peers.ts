import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { upsertPeerChoice } from '../../db/wave-peers';
import { maximumChosenGroups, maximumPeerGroups, peerBases, type PeerChoice } from '../../domain/benchmark/peer-groups';
import { countFewestMembers, listUsed, type JudgedPeerGroup } from '../../domain/disclosure/judge-peers';
import type { FieldFault } from '../../domain/form-fault';
import type { Actor } from '../../domain/permissions';
import { findWaveForUpdate, idOf, requireState } from '../authorise';
import { requireFaultless } from '../form-faults';
import type { ImportFile } from '../import-faults';
import { judgeChoice, loadPeerSource, type PeerSource } from '../load-peer-groups';
import { readPeerFile } from '../read-peer-file';

const longestName = 60;

/** What somebody chose, as it was sent. */
export interface PeerForm {
  readonly bases: readonly string[];
  readonly groups: readonly { readonly name: string; readonly members: readonly string[] }[];
}

/**
 * Chooses the peer groups of a draft wave. A group chosen by hand that could not be shown is refused at once; what a register
 * divides into groups of no use is told.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and everything that is chosen; further groups from a file
 * @returns every group that could be formed, with what becomes of it
 * @throws AppError wave_unknown, sign_in_needed, not_allowed, wave_state, import_faulty or form_faulty
 */
export async function choosePeers(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly form: PeerForm; readonly file?: ImportFile },
): Promise<{ readonly judged: readonly JudgedPeerGroup[] }> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, 'draft');
    const source = await loadPeerSource(transaction, wave);
    const { bases, groups } = input.form;
    const named = input.file === undefined ? [] : readPeerFile(input.file);
    const { choice, faults } = readChoice({ bases, groups: [...groups, ...named] }, source);
    const judged = judgeChoice(source, choice);
    requireFaultless([...faults, ...(faults.length > 0 ? [] : listUseless(choice, judged, source))]);
    await upsertPeerChoice(transaction, wave.id, choice);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'changed wave',
      subject: wave.key,
      detail: { peerGroups: listUsed(judged).length },
    });
    return { judged };
  });
}

interface ReadChoice {
  readonly choice: PeerChoice;
  readonly faults: readonly FieldFault[];
}

function readChoice({ bases, groups }: PeerForm, { members }: PeerSource): ReadChoice {
  const faults: FieldFault[] = [];
  const known = new Set(members.map(({ key }) => key));
  const fault = (field: string, key: string, values?: FieldFault['values']): void => {
    faults.push({ field, key: `peers.fault.${key}`, ...(values === undefined ? {} : { values }) });
  };
  if (!bases.every((basis) => peerBases.some((one) => one === basis))) fault('bases', 'basis');
  const chosen = groups
    .map((group, at) => ({ ...group, name: group.name.trim(), field: nameField(at) }))
    .filter(({ name, members: ticked }) => name !== '' || ticked.length > 0);
  if (chosen.length > maximumChosenGroups) fault('bases', 'groups', { most: maximumChosenGroups });
  for (const { name, members: ticked, field } of chosen) {
    if (name === '' || name.length > longestName) fault(field, 'name', { most: longestName });
    if (chosen.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length > 1)
      fault(field, 'name_twice');
    const unknown = ticked.filter((key) => !known.has(key));
    if (unknown.length > 0) fault(field, 'member', { names: unknown.join(', ') });
  }
  return {
    choice: {
      bases: peerBases.filter((basis) => bases.includes(basis)),
      groups: chosen.map(({ name, members: ticked }) => ({ name, members: [...new Set(ticked)].sort() })),
    },
    faults,
  };
}

/** Name of the field of a group chosen by hand, counted from 0. */
function nameField(at: number): string {
  return `name${at + 1}`;
}

/** Groups chosen by hand that could not be shown whatever is answered. */
function listUseless(
  choice: PeerChoice,
  judged: readonly JudgedPeerGroup[],
  { policy }: PeerSource,
): readonly FieldFault[] {
  const fewest = countFewestMembers(policy);
  return choice.groups.flatMap(({ name, members }, at): readonly FieldFault[] => {
    const found = judged.find(({ group }) => group.code === `chosen-${at + 1}`);
    const verdict = members.length === 0 || found === undefined ? 'too_few' : found.verdict;
    if (verdict === 'used') return [];
    const values = { name, fewest, most: maximumPeerGroups };
    return [{ field: nameField(at), key: `peers.fault.${verdict}`, values }];
  });
}
