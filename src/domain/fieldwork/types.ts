/** Declared categories of the frame. */
export const sectors = ['education', 'health', 'social', 'culture', 'technical', 'administration'] as const;
export type Sector = (typeof sectors)[number];
export const sizes = ['S', 'M', 'L'] as const;
export type SizeClass = (typeof sizes)[number];
export const waveStates = ['draft', 'open', 'closed', 'released'] as const;
export type WaveState = (typeof waveStates)[number];
export const anonymityLevels = ['anonym', 'fortrolig'] as const;
export type AnonymityLevel = (typeof anonymityLevels)[number];

/** AAPOR outcome of an invitation: I complete, P partial, R refusal or break-off, NC never opened, O other eligible, UE unknown eligibility, NE not eligible. */
export const dispositions = ['I', 'P', 'R', 'NC', 'O', 'UE', 'NE'] as const;
export type Disposition = (typeof dispositions)[number];

/** One workplace of the frame. */
export interface FrameUnit {
  readonly unit: string;
  readonly organisation: string;
  readonly sector: Sector;
  readonly type: string;
  readonly size: SizeClass;
  readonly isInvited: boolean;
  /** Where people are asked, not workplaces: how many work there, and how many of them are invited. */
  readonly people?: { readonly frame: number; readonly invited: number };
}

/** Whom a wave asks: the manager of each workplace for the workplace, or employees for themselves. */
export const populations = ['managers', 'employees'] as const;
export type Population = (typeof populations)[number];

/**
 * A stratum as it is kept with responses: cells sector x size of one organisation, merged where the anonymity level
 * asks for it. `sector` or `size` is null when the stratum holds several of them.
 */
export interface Stratum {
  readonly code: string;
  readonly organisation: string;
  readonly sector: Sector | null;
  readonly size: SizeClass | null;
  /** Cells in canonical order (sector, then S, M, L). */
  readonly cells: readonly { readonly sector: Sector; readonly size: SizeClass }[];
  /** Units in the frame (N) and invited (n); people where employees are asked. */
  readonly frameCount: number;
  readonly invitedCount: number;
}
