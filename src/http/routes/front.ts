import { Router } from 'express';
import type { Context } from '../../context';
import { readFront } from '../../usecases/visitor/read-front';
import { createDemoLink, isDemoRole } from '../../usecases/visitor/create-demo-link';
import { AppError } from '../../errors';
import { renderPage } from '../page';
import { formatDate } from '../pages/format-date';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';

/** The front page in plain words, with ways in to the demo where there is one. */
export function frontRoutes(context: Context): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const { isDemo, minutes, releases } = await readFront(context);
    const words = createWords(response.locals.language);
    renderPage(
      { request, response },
      'front/front-page',
      { title: words.t('front.title'), isDemo },
      {
        isDemo,
        minutes,
        releases: releases.map(({ waveKey, period, networkName, instrumentTitle, publishedAt, ...release }) => ({
          href: `/runder/${encodeURIComponent(waveKey)}/sammenligning`,
          period: period.replace('-', '–'),
          networkName,
          instrument: words.pick(instrumentTitle),
          released: words.t('front.releases.released', { date: formatDate(words.language, publishedAt) }),
          isDemo: release.isDemo,
        })),
      },
    );
  });
  router.post('/demo/:role', async (request, response) => {
    const role: unknown = request.params['role'];
    if (!isDemoRole(role)) throw new AppError('not_found');
    seeOther(response, await createDemoLink(context, role));
  });
  return router;
}
