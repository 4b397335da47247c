import type { FieldFault } from '../form-fault';
import { anonymityLevels, populations, type AnonymityLevel, type Population } from './types';

/** What a coordinator fills in for a draft wave, as text. */
export interface WavePlanForm {
  readonly period: string;
  /** For example workplace/1. */
  readonly instrument: string;
  readonly level: string;
  readonly k: string;
  /** Whether figures may become public. */
  readonly mayBePublic: boolean;
  readonly publicK: string;
  readonly population: string;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly target: string;
  readonly retentionDays: string;
  /** Keys of the members that take part. */
  readonly members: readonly string[];
}

/** The same, understood. Dates are YYYY-MM-DD. */
export interface ReadWavePlan {
  readonly period: string;
  readonly anonymityLevel: AnonymityLevel;
  readonly minimumCellSize: number;
  /** Null: figures are never made public. */
  readonly publicCellSize: number | null;
  readonly population: Population;
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  /** Whole per cent, 1-100. */
  readonly targetResponseRate: number | null;
  readonly retentionDays: number;
}

/** Bounds of the numbers, both ends included. */
export const planBounds = {
  k: { from: 5, to: 100 },
  publicK: { from: 10, to: 100 },
  target: { from: 1, to: 100 },
  retentionDays: { from: 1, to: 730 },
} as const;

const longestPeriod = 40;

/**
 * Tells whether a text is a day of the calendar.
 * @param text any text
 * @returns true for YYYY-MM-DD of a day that exists
 */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return time !== null && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function readWhole(text: string, { from, to }: { readonly from: number; readonly to: number }): number | null {
  const value = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : null;
}

/**
 * Reads the form of a draft wave.
 * @param form what was filled in
 * @param today YYYY-MM-DD
 * @returns the plan, and everything that is wrong by field; the plan holds only when nothing is
 */
export function readWavePlan(
  form: WavePlanForm,
  today: string,
): { readonly plan: ReadWavePlan; readonly faults: readonly FieldFault[] } {
  const faults: FieldFault[] = [];
  const fault: Complain = (field, key, values) => {
    faults.push({ field, key: `wave_form.fault.${key}`, ...(values === undefined ? {} : { values }) });
  };
  const plan = { ...readChoices(form, fault), ...readNumbers(form, fault), ...readDates(form, today, fault) };
  if (form.members.length === 0) fault('members', 'members');
  return { plan, faults };
}

type Complain = (field: string, key: string, values?: FieldFault['values']) => void;

function readChoices(
  form: WavePlanForm,
  fault: Complain,
): Pick<ReadWavePlan, 'period' | 'anonymityLevel' | 'population'> {
  const period = form.period.trim();
  if (period === '' || period.length > longestPeriod) fault('period', 'period', { most: longestPeriod });
  const anonymityLevel = anonymityLevels.find((level) => level === form.level);
  if (anonymityLevel === undefined) fault('level', 'choose');
  const population = populations.find((one) => one === form.population);
  if (population === undefined) fault('population', 'choose');
  return { period, anonymityLevel: anonymityLevel ?? 'anonym', population: population ?? 'managers' };
}

function readNumbers(
  form: WavePlanForm,
  fault: Complain,
): Pick<ReadWavePlan, 'minimumCellSize' | 'publicCellSize' | 'targetResponseRate' | 'retentionDays'> {
  const whole = (field: keyof typeof planBounds): number => {
    const value = readWhole(form[field], planBounds[field]);
    if (value === null) fault(field, 'number', planBounds[field]);
    return value ?? planBounds[field].from;
  };
  const minimumCellSize = whole('k');
  const publicCellSize = form.mayBePublic ? whole('publicK') : null;
  if (publicCellSize !== null && publicCellSize < minimumCellSize) fault('publicK', 'public_k', { k: minimumCellSize });
  const targetResponseRate = form.target.trim() === '' ? null : whole('target');
  return { minimumCellSize, publicCellSize, targetResponseRate, retentionDays: whole('retentionDays') };
}

function readDates(form: WavePlanForm, today: string, fault: Complain): Pick<ReadWavePlan, 'opensOn' | 'closesOn'> {
  const day = (field: 'opensOn' | 'closesOn'): string | null => {
    const text = form[field].trim();
    if (text === '') return null;
    if (!isDay(text)) fault(field, 'date');
    return isDay(text) ? text : null;
  };
  const opensOn = day('opensOn');
  const closesOn = day('closesOn');
  if (closesOn === null) return { opensOn, closesOn };
  if (closesOn < today) fault('closesOn', 'deadline_past');
  else if (opensOn !== null && closesOn < opensOn) fault('closesOn', 'deadline_first');
  return { opensOn, closesOn };
}
