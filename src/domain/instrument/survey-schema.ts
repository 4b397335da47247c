import { z } from 'zod';
import { variableNamePattern } from './codebook';

/**
 * Text of survey.json: `{ "default": bokmål, "nn", "en", "da" }`. Only the shape is checked here, so that a missing
 * translation is reported beside other faults instead of hiding them.
 */
const surveyTextSchema = z.union([z.string(), z.record(z.string(), z.string())]);

const surveyChoiceSchema = z.strictObject({ value: z.string().min(1), text: surveyTextSchema });

const commonProperties = {
  name: z.string().regex(variableNamePattern),
  title: surveyTextSchema,
  description: surveyTextSchema.optional(),
  isRequired: z.boolean().optional(),
  visibleIf: z.string().optional(),
};

const radiogroupSchema = z.strictObject({
  type: z.literal('radiogroup'),
  ...commonProperties,
  choices: z.array(surveyChoiceSchema).min(1),
});

const checkboxSchema = z.strictObject({
  type: z.literal('checkbox'),
  ...commonProperties,
  choices: z.array(surveyChoiceSchema).min(1),
  maxSelectedChoices: z.int().min(1).optional(),
});

const textSchema = z.strictObject({
  type: z.literal('text'),
  ...commonProperties,
  inputType: z.enum(['text', 'number']).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  maxLength: z.int().min(1).max(10_000).optional(),
});

const commentSchema = z.strictObject({
  type: z.literal('comment'),
  ...commonProperties,
  maxLength: z.int().min(1).max(10_000).optional(),
});

const surveyQuestionSchema = z.discriminatedUnion('type', [
  radiogroupSchema,
  checkboxSchema,
  textSchema,
  commentSchema,
]);

const surveyPageSchema = z.strictObject({
  name: z.string().min(1),
  title: surveyTextSchema,
  description: surveyTextSchema.optional(),
  visibleIf: z.string().optional(),
  elements: z.array(surveyQuestionSchema).min(1),
});

/**
 * The part of SurveyJS JSON that the product supports; every other type or property (requiredIf, showOtherItem, hasNone,
 * triggers, calculatedValues, setValueIf, panels, matrices, html …) is refused, never ignored.
 */
export const surveySchema = z.strictObject({
  title: surveyTextSchema,
  clearInvisibleValues: z.literal('onHidden').optional(),
  pages: z.array(surveyPageSchema).min(1),
});

export type SurveyText = z.infer<typeof surveyTextSchema>;
export type SurveyQuestion = z.infer<typeof surveyQuestionSchema>;
export type SurveyPageDefinition = z.infer<typeof surveyPageSchema>;
export type SurveyDefinition = z.infer<typeof surveySchema>;

/** Properties that survey.json may use, by question type and for the survey, a page and a choice. */
export const supportedProperties: ReadonlyMap<string, readonly string[]> = new Map([
  ['radiogroup', Object.keys(radiogroupSchema.shape)],
  ['checkbox', Object.keys(checkboxSchema.shape)],
  ['text', Object.keys(textSchema.shape)],
  ['comment', Object.keys(commentSchema.shape)],
  ['survey', Object.keys(surveySchema.shape)],
  ['page', Object.keys(surveyPageSchema.shape)],
  ['choice', Object.keys(surveyChoiceSchema.shape)],
]);

/** Question types that survey.json may use. */
export const supportedQuestionTypes = ['radiogroup', 'checkbox', 'text', 'comment'] as const;
