import type { Context } from '../../context';
import { selectWaveOrganisations } from '../../db/board-waves';
import { can, type Actor } from '../../domain/permissions';
import { writeFieldworkTable } from '../../formats/fieldwork-table';
import { findWave } from '../authorise';
import { loadBoardRows } from '../load-board-rows';

/**
 * Writes everything that somebody may see of how a wave is being answered as one file.
 * @param context the process' context
 * @param actor who asks; a contact of one organisation gets that organisation only
 * @param input key of the wave
 * @returns name without extension, and the file's text
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function exportFieldwork(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<{ readonly name: string; readonly text: string }> {
  const wave = await findWave(context.db, actor, {
    key: input.waveKey,
    action: 'see own fieldwork',
    scope: 'somewhere',
  });
  const { networkId } = wave;
  const seesAll = can(actor, 'see fieldwork', { networkId, organisationId: null });
  const organisations = (await selectWaveOrganisations(context.db, wave.id)).filter(({ id }) =>
    can(actor, 'see own fieldwork', { networkId, organisationId: id }),
  );
  const names = new Map(organisations.map(({ key, name }) => [key, name]));
  const { rows } = await loadBoardRows(context, wave);
  const text = writeFieldworkTable({
    wave: wave.key,
    period: wave.period,
    network: wave.networkKey,
    isOpen: wave.state === 'open',
    organisations: names,
    rows: rows.filter(({ organisation }) => (organisation === null ? seesAll : names.has(organisation))),
  });
  return { name: `${wave.key}-participation`, text };
}
