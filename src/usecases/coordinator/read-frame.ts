import type { Context } from '../../context';
import {
  countListedUnits,
  selectFrameCells,
  selectListedUnits,
  selectRepeatedAddresses,
  type FrameCell,
  type ListedUnit,
} from '../../db/frame-pages';
import { selectUnits } from '../../db/frames';
import type { Organisation } from '../../db/organisations';
import type { Wave } from '../../db/waves';
import { isSampleCurrent } from '../../domain/fieldwork/draw-sample';
import type { Population, Sector, SizeClass } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { findFrame } from '../frame-access';

const unitsPerPage = 50;

/** Which units are looked for; empty text and nulls: any. */
export interface FrameFilter {
  readonly text: string;
  /** Key of an organisation. */
  readonly organisation: string | null;
  readonly sector: Sector | null;
  readonly size: SizeClass | null;
  readonly isInvited: boolean | null;
  /** From 1. */
  readonly page: number;
}

/** The frame of a wave as its page shows it. */
export interface FrameOverview {
  readonly wave: Wave;
  readonly population: Population;
  readonly organisations: readonly Organisation[];
  readonly isWhole: boolean;
  /** Counts by organisation, sector and size, whatever is looked for. */
  readonly cells: readonly FrameCell[];
  readonly units: readonly ListedUnit[];
  readonly found: number;
  readonly page: number;
  readonly pages: number;
  /** Addresses, in small letters, that more than one invitation has. */
  readonly repeatedAddresses: ReadonlySet<string>;
  /** Null: everybody is invited whose row says so. */
  readonly sample: { readonly seed: string; readonly isCurrent: boolean } | null;
}

/**
 * Shows the frame of a wave, or one organisation's part of it.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and which units are looked for
 * @returns counts, and a page of units with those who are invited
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readFrameOverview(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly filter: FrameFilter },
): Promise<FrameOverview> {
  const { db } = context;
  const { filter } = input;
  const { wave, organisations, isWhole, population, sample } = await findFrame(db, actor, input);
  const own = organisations.map(({ key }) => key);
  const search = {
    waveId: wave.id,
    organisations: own.filter((key) => filter.organisation === null || key === filter.organisation),
    text: filter.text,
    sector: filter.sector,
    size: filter.size,
    isInvited: filter.isInvited,
  };
  const found = await countListedUnits(db, search);
  const pages = Math.max(1, Math.ceil(found / unitsPerPage));
  const page = Math.min(Math.max(1, filter.page), pages);
  const place = { offset: (page - 1) * unitsPerPage, limit: unitsPerPage };
  return {
    wave,
    population,
    organisations,
    isWhole,
    cells: await selectFrameCells(db, wave.id, own),
    units: await selectListedUnits(db, search, place),
    found,
    page,
    pages,
    repeatedAddresses: new Set(await selectRepeatedAddresses(db, wave.id, own)),
    sample:
      sample === null
        ? null
        : { seed: sample.seed, isCurrent: isSampleCurrent(await selectUnits(db, wave.id), sample) },
  };
}
