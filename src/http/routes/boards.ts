import { Router } from 'express';
import type { Context } from '../../context';
import { toDate } from '../../domain/fieldwork/wave-state';
import { exportFieldwork } from '../../usecases/coordinator/export-fieldwork';
import { readBoard } from '../../usecases/coordinator/read-board';
import { readCalendar } from '../../usecases/coordinator/read-calendar';
import { sendCsv } from '../csv-file';
import { renderPage } from '../page';
import { createWords } from '../pages/results/words';
import { createBoardView } from '../pages/waves/board-page';
import { createCalendarView } from '../pages/waves/calendar-page';
import { createWaveTabs } from '../pages/waves/wave-tabs';

/** Where every wave stands, and how one is being answered, as a page and as a file. */
export function boardRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder', async (request, response) => {
    const { actor, language } = response.locals;
    const words = createWords(language);
    const view = createCalendarView(await readCalendar(context, actor), toDate(context.now()), words);
    renderPage(
      { request, response },
      'waves/calendar',
      { title: words.t('calendar.title'), isDemo: view.isDemo },
      { view },
    );
  });
  router.get('/runder/:wave/deltakelse', async (request, response) => {
    const { actor, language } = response.locals;
    const waveKey = request.params.wave;
    const asked = request.query['organisasjon'];
    const organisation = typeof asked === 'string' && asked !== '' ? asked : null;
    const board = await readBoard(context, actor, { waveKey, organisation });
    const words = createWords(language);
    const { networkId } = board.wave;
    const tabs = createWaveTabs({ actor, networkId, waveKey, current: 'participation' }, words);
    const view = createBoardView(board, toDate(context.now()), words);
    const { title, isDemo } = view;
    const scripts = view.days === null ? [] : ['build/fieldwork-chart'];
    renderPage({ request, response }, 'waves/board', { title, isDemo, scripts }, { view, tabs });
  });
  router.get('/runder/:wave/deltakelse.csv', async (request, response) => {
    const { name, text } = await exportFieldwork(context, response.locals.actor, { waveKey: request.params.wave });
    sendCsv(response, name, text);
  });
  return router;
}
