import { Router, type Request } from 'express';
import type { Context } from '../../context';
import { AppError } from '../../errors';
import {
  comparisonsAnswerSchema,
  comparisonsQuerySchema,
  type ComparisonsQuery,
} from '../../formats/api/comparisons-answer';
import { writePublishedComparisonsCsv } from '../../formats/api/comparisons-csv';
import { estimatesAnswerSchema, estimatesQuerySchema, type EstimatesQuery } from '../../formats/api/estimates-answer';
import { writePublishedEstimatesCsv } from '../../formats/api/estimates-csv';
import { describeApi } from '../../formats/api/openapi-document';
import { readPublishedComparisons } from '../../usecases/researcher/read-published-comparisons';
import { readPublishedEstimates } from '../../usecases/researcher/read-published-estimates';
import { notFound } from '../error-page';
import { problems } from '../problem';

function readQuery(request: Request): EstimatesQuery {
  const { success, data } = estimatesQuerySchema.safeParse(request.query);
  if (!success) throw new AppError('bad_request');
  return data;
}

function readComparisonsQuery(request: Request): ComparisonsQuery {
  const { success, data } = comparisonsQuerySchema.safeParse(request.query);
  if (!success) throw new AppError('bad_request');
  return data;
}

/** Released figures for programs. */
export function apiRoutes(context: Context): Router {
  const router = Router();
  const description = describeApi({ version: context.softwareVersion, publicUrl: context.config.publicUrl });
  router.get('/api/v1/openapi.json', (_request, response) => {
    response.json(description);
  });
  router.get('/api/v1/waves/:wave/estimates', async (request, response) => {
    const { edition, format = request.accepts(['json', 'csv']) } = readQuery(request);
    const { actor, language } = response.locals;
    const answer = await readPublishedEstimates(context, actor, { waveKey: request.params.wave, edition });
    if (format === 'csv') {
      // Programs read it: no byte order mark.
      response.type('text/csv').send(writePublishedEstimatesCsv(answer, language));
      return;
    }
    response.json(estimatesAnswerSchema.parse(answer));
  });
  router.get('/api/v1/waves/:wave/comparisons', async (request, response) => {
    const { edition, comparator, format = request.accepts(['json', 'csv']) } = readComparisonsQuery(request);
    const { actor, language } = response.locals;
    const asked = { waveKey: request.params.wave, edition, comparator };
    const answer = await readPublishedComparisons(context, actor, asked);
    if (format === 'csv') {
      response.type('text/csv').send(writePublishedComparisonsCsv(answer, language));
      return;
    }
    response.json(comparisonsAnswerSchema.parse(answer));
  });
  router.use('/api', notFound, problems(context.log));
  return router;
}
