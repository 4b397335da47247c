import { z } from 'zod';

/** Text in the four languages; the codebook's texts are the short labels of tables and charts. */
const filledTextSchema = z.string().regex(/\S/, 'expected a text');
const localisedTextSchema = z.strictObject({
  nb: filledTextSchema,
  nn: filledTextSchema,
  en: filledTextSchema,
  da: filledTextSchema,
});

export const variableNamePattern = /^[a-z][a-z0-9_]{0,31}$/;
const variableNameSchema = z.string().regex(variableNamePattern);
const codeSchema = z.string().regex(/^[a-z0-9][a-z0-9_]{0,31}$/);
const identifierSchema = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

/** One answer category of a closed variable. `exclusive`: cannot be ticked together with others in a multiple choice. */
const codebookValueSchema = z.strictObject({
  code: codeSchema,
  label: localisedTextSchema,
  exclusive: z.boolean().optional(),
});

/** One variable = one question of survey.json, with the same name. */
const variableSchema = z.strictObject({
  name: variableNameSchema,
  type: z.enum(['single', 'multiple', 'number', 'text']),
  label: localisedTextSchema,
  /** Identifier of the group of units that is asked, one of `bases`. */
  base: identifierSchema,
  /** 0 facts about the workplace, 1 opinions. */
  sensitivity: z.union([z.literal(0), z.literal(1)]),
  /** Closed variables (single, multiple) list every category in the order of survey.json. */
  values: z.array(codebookValueSchema).optional(),
  /** Name of an entry of `sources`. */
  source: identifierSchema,
});

/** Who is asked: `when` is a survey-core expression over variables; empty means everybody. */
const baseSchema = z.strictObject({
  id: identifierSchema,
  label: localisedTextSchema,
  when: z.string(),
});

/** True when the variable has one of the codes (multiple: at least one), or at least `atLeast` of them. */
const conditionSchema = z.strictObject({
  variable: variableNameSchema,
  in: z.array(codeSchema).min(1),
  atLeast: z.int().min(1).optional(),
});

/** Tie to one published figure: rows of surveys/baselines/<baseline>.csv with this indicator and option. */
const baselineLinkSchema = z.strictObject({
  baseline: identifierSchema,
  indicatorId: z.string().min(1),
  optionId: z.string(),
  /** same: same content, options, base and period; adapted: differs in a way `why` tells; own: not comparable. */
  comparability: z.enum(['same', 'adapted', 'own']),
  why: localisedTextSchema,
});

/** One figure: the share for which any of the numerator's conditions holds. */
const indicatorOptionSchema = z.strictObject({
  id: codeSchema,
  label: localisedTextSchema,
  numerator: z.array(conditionSchema).min(1),
  baselines: z.array(baselineLinkSchema).optional(),
});

/** A figure or a family of figures with one common denominator. */
const indicatorSchema = z.strictObject({
  id: identifierSchema,
  label: localisedTextSchema,
  themes: z.array(identifierSchema).min(1),
  /** Whether more is better, less is better, or neither. */
  direction: z.enum(['higher', 'lower', 'none']),
  sensitivity: z.union([z.literal(0), z.literal(1)]),
  /** Denominator: units in this base with a valid answer to every variable of `answered`. */
  denominator: z.strictObject({ base: identifierSchema, answered: z.array(variableNameSchema).min(1) }),
  options: z.array(indicatorOptionSchema).min(1),
  /** Options shown on the comparison page; without it all of them. */
  headline: z.array(codeSchema).optional(),
});

export const codebookSchema = z.strictObject({
  instrument: identifierSchema,
  version: z.int().min(1),
  title: localisedTextSchema,
  /** Who answers: one manager a unit, or employees. */
  population: z.enum(['managers', 'employees']),
  referencePeriodMonths: z.int().min(1),
  minutes: z.strictObject({ from: z.int().min(1), to: z.int().min(1) }),
  sources: z
    .array(
      z.strictObject({
        id: identifierSchema,
        title: z.string().min(1),
        url: z.url({ protocol: /^https?$/, error: 'expected a web address' }),
      }),
    )
    .min(1),
  bases: z.array(baseSchema).min(1),
  variables: z.array(variableSchema).min(1),
  themes: z
    .array(z.strictObject({ id: identifierSchema, label: localisedTextSchema, description: localisedTextSchema }))
    .min(1),
  /** Theme opened first on the comparison page. */
  defaultTheme: identifierSchema,
  indicators: z.array(indicatorSchema).min(1),
});

export type Codebook = z.infer<typeof codebookSchema>;
export type CodebookVariable = z.infer<typeof variableSchema>;
export type CodebookBase = z.infer<typeof baseSchema>;
export type Indicator = z.infer<typeof indicatorSchema>;
export type IndicatorOption = z.infer<typeof indicatorOptionSchema>;
export type IndicatorCondition = z.infer<typeof conditionSchema>;
export type BaselineLink = z.infer<typeof baselineLinkSchema>;
