import { z } from 'zod';
import { peerGroupSchema } from '../../domain/benchmark/peer-groups';
import { languages } from '../../domain/languages';
import { estimateFlags } from '../../domain/statistics/types';

/** Schemas of the API by the name they have in its description. */
export const answerSchemas = z.registry<{ readonly id: string; readonly description: string }>();

const hundredths = z.number().min(0).max(1).multipleOf(0.01).nullable();
const thousandths = z.number().min(0).multipleOf(0.001).nullable();
const key = z.string().min(1);

const localisedTextSchema = z
  .strictObject({ nb: z.string(), nn: z.string(), en: z.string(), da: z.string() })
  .register(answerSchemas, {
    id: 'LocalisedText',
    description: 'A text in bokmål (nb), nynorsk (nn), English (en) and Danish (da).',
  });

/** The round that figures are of. */
export const waveSchema = z
  .strictObject({
    key,
    period: z.string(),
    network: z.strictObject({ key, name: z.string() }),
    isSynthetic: z.boolean().describe('True: demonstration data that nobody has answered.'),
  })
  .register(answerSchemas, { id: 'Wave', description: 'The round that the figures are of, and its reference period.' });

/** What figures were made from. */
export const releaseSchema = z
  .strictObject({
    number: z.int().min(1).describe('Counts up from 1 within the wave; a correction is a new release.'),
    correction: z
      .string()
      .nullable()
      .describe('Why it corrects the release before it, as those who run the wave wrote it. Null: the first release.'),
    releasedAt: z.iso.datetime(),
    edition: z.enum(['network', 'public']),
    embargoUntil: z.iso.datetime().nullable().describe('Until then only those who run the wave have it.'),
    softwareVersion: z.string(),
    policy: z.strictObject({
      version: z.int(),
      minimumCellSize: z.int().describe('No figure rests on fewer valid answers.'),
      isOpenNetwork: z.boolean(),
      minimumOrganisations: z.int(),
      maximumOrganisationShare: z.number(),
      insiders: z.int(),
      minimumWorkplaces: z.int(),
      buildingBlocks: z
        .boolean()
        .describe('Only groups are shown that are made of fixed building blocks of enough answers.'),
      minimumRelevantDifference: z.int().describe('Percentage points; smaller differences are not called clear.'),
      conservativeIntervals: z.boolean().describe('Shares have Korn and Graubard’s interval, not Wilson’s.'),
    }),
    policySha256: z.string(),
    latticeSha256: z.string(),
    inputSha256: z.string(),
    instrumentSha256: z.string(),
    baselinesSha256: z.string(),
  })
  .register(answerSchemas, {
    id: 'Release',
    description: 'What the figures were made from. Equal hashes mean equal rules, questionnaire and answers.',
  });

/** An organisation of an answer. */
export const organisationSchema = z
  .strictObject({ key, name: z.string(), kind: z.enum(['municipality', 'county', 'other']) })
  .register(answerSchemas, { id: 'Organisation', description: 'An organisation whose own figures are in the answer.' });

/** A group of an answer. */
export const groupSchema = z
  .strictObject({
    key,
    organisation: key.nullable(),
    sector: key.nullable(),
    size: key.nullable(),
    peers: key.optional().describe('Code of a peer group; left out where the group is none.'),
  })
  .register(answerSchemas, {
    id: 'Group',
    description: 'A group that figures are given for. All conditions hold together; null asks nothing.',
  });

/** A peer group of an answer. */
export const peerGroupAnswerSchema = peerGroupSchema.register(answerSchemas, {
  id: 'PeerGroup',
  description:
    'Organisations that are alike, chosen before the round opened: by kind, KOSTRA group, population, or by hand. Figures ' +
    'of the group are under "peers=CODE", those of the others in it under "peers=CODE;rest=KEY".',
});

/** An indicator of an answer. */
export const indicatorSchema = z
  .strictObject({
    id: key,
    label: localisedTextSchema,
    base: localisedTextSchema.describe('Who is counted: the shares are of them.'),
    contributors: z
      .array(key)
      .describe('Keys of the organisations that totals of the network, sectors and sizes are made of.'),
    options: z.array(z.strictObject({ id: key, label: localisedTextSchema })),
  })
  .register(answerSchemas, { id: 'Indicator', description: 'What is measured, and on whom.' });

const estimateSchema = z
  .strictObject({
    group: key,
    indicator: key,
    option: key,
    n: z.int().min(1).nullable().describe('Valid answers, unweighted. Null when suppressed.'),
    share: hundredths.describe('Weighted share, 0–1, in whole per cent. Null when suppressed.'),
    low: hundredths.describe('Lower limit of the 95 % interval, in whole per cent.'),
    high: hundredths.describe('Upper limit of the 95 % interval, in whole per cent.'),
    se: thousandths.describe('Standard error; from n = 1000 only.'),
    se_nofpc: thousandths.describe('Standard error without finite population correction; from n = 1000 only.'),
    df: z.number().min(0).nullable().describe('Degrees of freedom; from n = 1000 only.'),
    flags: z.array(z.enum(estimateFlags)).nullable().describe('Why the figure needs care.'),
    suppressed: z.boolean(),
  })
  .register(answerSchemas, {
    id: 'Estimate',
    description: 'One figure. A suppressed one looks the same whatever the reason, and tells nothing.',
  });

/** Everything that `GET /api/v1/waves/{wave}/estimates` answers with. */
export const estimatesAnswerSchema = z
  .strictObject({
    wave: waveSchema,
    release: releaseSchema,
    organisations: z.array(organisationSchema),
    groups: z.array(groupSchema),
    peerGroups: z.array(peerGroupAnswerSchema).optional().describe('Left out where the round has none.'),
    indicators: z.array(indicatorSchema),
    estimates: z.array(estimateSchema),
  })
  .register(answerSchemas, { id: 'Estimates', description: 'All figures of one edition of a release.' });

export type EstimatesAnswer = z.infer<typeof estimatesAnswerSchema>;

/** What can be asked. */
export const estimatesQuerySchema = z.strictObject({
  edition: z
    .enum(['network', 'public'])
    .optional()
    .describe('Left out: the network’s for its members, the public one for everybody else.'),
  lang: z.enum(languages).optional().describe('Language of bases in CSV and of faults; bokmål when left out.'),
  format: z.enum(['json', 'csv']).optional().describe('Left out: what the Accept header prefers, JSON by default.'),
});

export type EstimatesQuery = z.infer<typeof estimatesQuerySchema>;

/** What a fault looks like (RFC 9457). */
export const problemSchema = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('What happened, in the language of the reader.'),
    detail: z.string().describe('What to do.'),
    status: z.int().min(400).max(599),
    code: z.string().describe('The same in every language and version.'),
  })
  .register(answerSchemas, { id: 'Problem', description: 'Why there is no answer (RFC 9457).' });

export type Problem = z.infer<typeof problemSchema>;
