import { planBounds, type WavePlanForm } from '../../../domain/fieldwork/read-wave-plan';
import { anonymityLevels, populations } from '../../../domain/fieldwork/types';
import type { WavePlanChoices } from '../../../usecases/coordinator/read-wave-plan';
import type { FormFields } from '../../form-fields';
import type { Words } from '../results/words';

/** The form of a draft wave as the view draws it. */
export interface WavePlanFormView {
  readonly values: Readonly<Record<string, string>>;
  readonly instruments: readonly { readonly value: string; readonly label: string }[];
  readonly populations: readonly { readonly value: string; readonly label: string }[];
  readonly levels: readonly { readonly value: string; readonly label: string; readonly help: string }[];
  readonly members: readonly { readonly key: string; readonly name: string; readonly takesPart: boolean }[];
  readonly bounds: typeof planBounds;
  readonly isOpenNetwork: boolean;
}

/** What a new wave begins with until somebody writes something else. */
export const suggestions = { k: 7, publicK: 10, retentionDays: 180, target: 60 } as const;

/**
 * Reads the posted form of a draft wave.
 * @param body fields of the form
 */
export function readPlanForm(body: FormFields): WavePlanForm {
  return {
    period: body.text('period'),
    instrument: body.text('instrument'),
    level: body.text('level'),
    k: body.text('k'),
    mayBePublic: body.text('mayBePublic') === '1',
    publicK: body.text('publicK'),
    population: body.text('population'),
    opensOn: body.text('opensOn'),
    closesOn: body.text('closesOn'),
    target: body.text('target'),
    retentionDays: body.text('retentionDays'),
    members: body.all('members'),
  };
}

/**
 * Fills in the form of a new wave.
 * @param choices what it can be made of
 */
export function suggestPlan({ instruments, members }: WavePlanChoices): WavePlanForm {
  return {
    period: '',
    instrument: instruments.at(-1)?.name ?? '',
    level: 'anonym',
    k: String(suggestions.k),
    mayBePublic: true,
    publicK: String(suggestions.publicK),
    population: 'managers',
    opensOn: '',
    closesOn: '',
    target: String(suggestions.target),
    retentionDays: String(suggestions.retentionDays),
    members: members.map(({ key }) => key),
  };
}

interface StoredPlan {
  readonly period: string;
  readonly instrument: string;
  readonly anonymityLevel: string;
  readonly policy: { readonly minimumCellSize: number };
  readonly publicCellSize: number | null;
  readonly population: string;
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  readonly targetResponseRate: number | null;
  readonly retentionDays: number;
}

/**
 * Fills in the form of a stored wave.
 * @param wave the wave
 * @param choices what it can be made of
 */
export function fillPlan(wave: StoredPlan, { members }: WavePlanChoices): WavePlanForm {
  return {
    period: wave.period,
    instrument: wave.instrument,
    level: wave.anonymityLevel,
    k: String(wave.policy.minimumCellSize),
    mayBePublic: wave.publicCellSize !== null,
    publicK: String(wave.publicCellSize ?? suggestions.publicK),
    population: wave.population,
    opensOn: wave.opensOn ?? '',
    closesOn: wave.closesOn ?? '',
    target: wave.targetResponseRate === null ? '' : String(wave.targetResponseRate),
    retentionDays: String(wave.retentionDays),
    members: members.filter(({ takesPart }) => takesPart).map(({ key }) => key),
  };
}

/**
 * Makes the form's view model.
 * @param form what is filled in
 * @param choices what it can be made of
 * @param words words of the reader's language
 */
export function createPlanFormView(form: WavePlanForm, choices: WavePlanChoices, words: Words): WavePlanFormView {
  const { members, mayBePublic, ...texts } = form;
  return {
    values: { ...texts, mayBePublic: mayBePublic ? '1' : '' },
    instruments: choices.instruments.map(({ name, title, version }) => ({
      value: name,
      label: words.t('wave.instrument_value', { title: words.pick(title), version }),
    })),
    populations: populations.map((one) => ({ value: one, label: words.t(`wave_form.population.${one}`) })),
    levels: anonymityLevels.map((level) => ({
      value: level,
      label: words.t(`wave_form.level.${level}`),
      help: words.t(`wave_form.level.${level}.help`),
    })),
    members: choices.members.map(({ key, name }) => ({ key, name, takesPart: members.includes(key) })),
    bounds: planBounds,
    isOpenNetwork: choices.network.isOpen,
  };
}
