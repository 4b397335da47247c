import { z } from 'zod';
import { storedComparators } from '../../domain/benchmark/comparators';
import {
  answerSchemas,
  estimatesQuerySchema,
  groupSchema,
  indicatorSchema,
  organisationSchema,
  peerGroupAnswerSchema,
  releaseSchema,
  waveSchema,
} from './estimates-answer';

const key = z.string().min(1);
const share = z.number().min(0).max(1).nullable();
const points = z.number().min(-1).max(1).multipleOf(0.01).nullable();

const kindSchema = z
  .enum(storedComparators)
  .describe(
    'rest: all organisations but the own one, every workplace counting the same; network: all with the own one; ' +
      'organisations: the mean of organisations with the own one, every organisation counting the same; peers: the ' +
      'others in a peer group; wave: the own figure in an earlier wave; baseline: a figure published by others.',
  );

const comparisonSchema = z
  .strictObject({
    group: key,
    indicator: key,
    option: key,
    kind: kindSchema,
    comparator: key.describe('A group, "organisations", "wave=KEY" or "baseline=NAME;round=ROUND".'),
    period: z.string().nullable().describe('Period of what is compared with. Null where it is not known.'),
    n: z.int().min(1).nullable().describe('Valid answers of the own group. Null when suppressed.'),
    share: share.describe('Own weighted share, 0–1, as it is printed.'),
    comparator_n: z.int().min(1).nullable().describe('Answers behind the comparator; null for a mean.'),
    comparator_organisations: z.int().min(2).nullable().describe('Organisations behind a mean, the own one included.'),
    comparator_share: share.describe('Share that is compared with, as it is printed or published.'),
    comparator_low: share.describe('Lower limit of its 95 % interval.'),
    comparator_high: share.describe('Upper limit of its 95 % interval.'),
    difference: points.describe('Own minus comparator, in whole percentage points.'),
    difference_low: points.describe('Lower limit of its 95 % interval, made of what is printed.'),
    difference_high: points.describe('Upper limit of its 95 % interval, made of what is printed.'),
    verdict: z
      .enum(['above', 'below', 'no_clear_difference', 'not_tested'])
      .nullable()
      .describe(
        'Decided from the unrounded figures: above or below only where the q-value (Benjamini-Hochberg over all ' +
          'headline options of the organisation, the comparator and the breakdown) is at most 0.05 and the difference ' +
          'at least the smallest relevant one.',
      ),
    suppressed: z.boolean(),
  })
  .register(answerSchemas, {
    id: 'Comparison',
    description: 'An organisation and what it is compared with. A suppressed one tells nothing, whatever the reason.',
  });

/** Everything that `GET /api/v1/waves/{wave}/comparisons` answers with. */
export const comparisonsAnswerSchema = z
  .strictObject({
    wave: waveSchema,
    release: releaseSchema,
    relevantDifference: z.number().min(0).max(1).describe('Smallest difference that is called above or below, 0–1.'),
    earlierWaves: z
      .array(z.strictObject({ key, period: z.string(), release: z.int().min(1) }))
      .describe('Earlier waves that are compared with. Waves count as independent: no unit is followed.'),
    breaks: z
      .array(z.strictObject({ indicator: key, option: key }))
      .describe('Figures whose wording, answers or target group changed: their series is broken, nothing is tested.'),
    organisations: z.array(organisationSchema),
    groups: z.array(groupSchema),
    peerGroups: z.array(peerGroupAnswerSchema).optional().describe('Left out where the round has none.'),
    indicators: z.array(indicatorSchema),
    comparisons: z.array(comparisonSchema),
  })
  .register(answerSchemas, { id: 'Comparisons', description: 'All comparisons of one edition of a release.' });

export type ComparisonsAnswer = z.infer<typeof comparisonsAnswerSchema>;

/** What can be asked. */
export const comparisonsQuerySchema = estimatesQuerySchema.extend({
  comparator: z.enum(storedComparators).optional().describe('One kind of comparator; left out: all of them.'),
});

export type ComparisonsQuery = z.infer<typeof comparisonsQuerySchema>;
