import type { Disposition } from '../fieldwork/types';
import { sumCanonically } from './sum-canonically';

/** Invitations by outcome; weights instead of counts give weighted rates. */
export type DispositionCounts = Readonly<Record<Disposition, number>>;

/** AAPOR response rates, 0-1; null where nobody could have answered. */
export interface ResponseRates {
  readonly rr1: number | null;
  readonly rr2: number | null;
  readonly rr3: number | null;
  readonly rr4: number | null;
  readonly rr5: number | null;
  readonly rr6: number | null;
  /** e, part of those of unknown eligibility taken as eligible in RR3 and RR4. */
  readonly eligiblePart: number | null;
}

function divide(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/**
 * Response rates. RR2 is the one to headline. Odd numbers count complete answers, even ones also partial; 1 and 2 take
 * all of unknown eligibility as eligible, 3 and 4 the part e = known eligible / (known eligible + NE), 5 and 6 none.
 * Source: AAPOR (2023), Standard Definitions, 10th edition.
 * @param counts - invitations by outcome, 0 or more; for weighted rates the sums of base weights
 * @returns six rates and e
 */
export function responseRates({ I, P, R, NC, O, UE, NE }: DispositionCounts): ResponseRates {
  const answered = sumCanonically([I, P]);
  const known = sumCanonically([I, P, R, NC, O]);
  const eligiblePart = divide(known, sumCanonically([known, NE]));
  const all = sumCanonically([known, UE]);
  const estimated = sumCanonically([known, (eligiblePart ?? 1) * UE]);
  return {
    rr1: divide(I, all),
    rr2: divide(answered, all),
    rr3: divide(I, estimated),
    rr4: divide(answered, estimated),
    rr5: divide(I, known),
    rr6: divide(answered, known),
    eligiblePart,
  };
}

/** Part of the applicable core items from which an answer is complete, and from which it is partial. */
export const completePart = 0.8;
const partialPart = 0.5;
/** So that 4 of 5 is 0.8 in binary too. */
const tolerance = 1e-9;

/**
 * How much of a sent response was filled in, by limits fixed beforehand as AAPOR asks: complete from 80 % of the
 * applicable core items, partial from 50 %, else a break-off.
 * Source: AAPOR (2023), Standard Definitions; the limits are the platform's.
 * @param answered - applicable core items with an answer
 * @param applicable - core items shown to this respondent, 1 or more
 * @returns I, P or R
 */
export function classifyCompleteness(answered: number, applicable: number): 'I' | 'P' | 'R' {
  const part = answered / applicable + tolerance;
  if (part >= completePart) return 'I';
  return part >= partialPart ? 'P' : 'R';
}
