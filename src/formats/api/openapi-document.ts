import { z } from 'zod';
import { comparisonsQuerySchema } from './comparisons-answer';
import { answerSchemas, estimatesQuerySchema } from './estimates-answer';

const media = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: media('Problem') } },
});

/**
 * Describes the API in OpenAPI 3.1. The schemas are those that requests and answers are checked with.
 * @param options version of the software, and the address of the installation
 * @returns the document, ready to be written as JSON
 */
export function describeApi({ version, publicUrl }: { readonly version: string; readonly publicUrl: string }): object {
  const { schemas } = z.toJSONSchema(answerSchemas, { uri: (id) => media(id).$ref });
  return {
    openapi: '3.1.1',
    info: {
      title: 'Innovasjonsbarometer',
      version,
      summary: 'Released figures of benchmarking surveys',
      description:
        'Every figure comes from a release: rounded to whole per cent, and hidden where a small group could be ' +
        'recognised. Without signing in, the API answers with public releases only. A browser session gives members of ' +
        'a network what its pages show them.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    paths: {
      '/api/v1/waves/{wave}/estimates': {
        get: describeReading({
          operationId: 'getEstimates',
          summary: 'All figures of one edition of the newest release of a wave',
          answer: 'Estimates',
          query: estimatesQuerySchema,
        }),
      },
      '/api/v1/waves/{wave}/comparisons': {
        get: describeReading({
          operationId: 'getComparisons',
          summary:
            'What organisations are compared with in one edition of the newest release of a wave, and the outcome',
          answer: 'Comparisons',
          query: comparisonsQuerySchema,
        }),
      },
    },
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, keepRules(schema)])),
    },
  };
}

interface Reading {
  readonly operationId: string;
  readonly summary: string;
  /** Name of the answer's schema. */
  readonly answer: string;
  readonly query: z.ZodObject;
}

function describeReading({ operationId, summary, answer, query }: Reading): object {
  return {
    operationId,
    summary,
    parameters: [
      { name: 'wave', in: 'path', required: true, description: 'Key of the wave.', schema: { type: 'string' } },
      ...describeQuery(query),
    ],
    responses: {
      200: {
        description: 'The figures.',
        content: { 'application/json': { schema: media(answer) }, 'text/csv': { schema: { type: 'string' } } },
      },
      400: problem('A parameter that does not exist, or a value that it cannot have.'),
      401: problem('The wave has no public release that can be seen now.'),
      403: problem('Signed in without the right to these figures.'),
      404: problem('No such wave, or nothing released.'),
    },
  };
}

function describeQuery(query: z.ZodObject): readonly object[] {
  return Object.entries(query.shape).map(([name, schema]) => {
    const described = z.toJSONSchema(schema);
    const { description } = described;
    return { name, in: 'query', required: false, description, schema: keepRules(described, ['description']) };
  });
}

/** Parts of one document say neither which dialect they are in nor where they stand. */
function keepRules(schema: z.core.JSONSchema.BaseSchema, besides: readonly string[] = []): object {
  const leftOut = new Set(['$schema', '$id', ...besides]);
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !leftOut.has(name)));
}
