import { join } from 'node:path';
import compression from 'compression';
import express, { type Express } from 'express';
import type { Context } from './context';
import { createSessionStore } from './db/sessions';
import { defaultLanguage } from './domain/languages';
import { anonymous } from './domain/permissions';
import { readAssets } from './http/assets';
import { errorPage, lateFaults, notFound } from './http/error-page';
import { chooseLanguage } from './http/language';
import './http/locals';
import { logRequests } from './http/request-log';
import { backOfficeRoutes } from './http/routes/back-office';
import { receiveBounces } from './http/routes/bounces';
import { healthRoutes } from './http/routes/health';
import { declineByOneClick, optOutRoutes } from './http/routes/opt-out';
import { metricsRoutes } from './http/routes/metrics';
import { respondentRoutes } from './http/routes/respondent';
import { noStore, refuseCrossSitePosts, securityHeaders } from './http/security';
import { readForms } from './http/read-form';
import { countRequestDurations } from './http/request-durations';
import { refuseOddAddresses } from './http/request-bounds';
import { stoppedPage } from './http/respondent-stopped';
import { createViewEngine } from './http/view-engine';
import { packageRoot } from './platform/package-root';

const formLimits = { bytes: 100 * 1024, fields: 500 };

/**
 * Puts the web application together: middleware in a fixed order, the parts of the site, the error page.
 * @param context the process' context
 * @returns the Express application, not yet listening
 */
export function createApp(context: Context): Express {
  const isSecure = context.config.publicUrl.startsWith('https:');
  const assets = readAssets(join(packageRoot, 'public'));
  const app = express();
  app.set('trust proxy', context.config.trustProxy);
  app.set('view engine', 'ejs');
  app.engine('ejs', createViewEngine({ isCached: context.config.environment !== 'development' }));
  app.set('views', join(packageRoot, 'views'));
  // Outside production Express would show the stack of a fault that the error page itself could not tell.
  app.set('env', 'production');
  app.disable('x-powered-by');
  // Pages are never kept by a cache, so that nothing asks whether they have changed.
  app.disable('etag');

  app.use((_request, response, next) => {
    Object.assign(response.locals, { assetVersion: assets.version, actor: anonymous, language: defaultLanguage });
    next();
  });
  const { metricsToken } = context.config;
  const durations = metricsToken === undefined ? undefined : countRequestDurations();
  app.use(logRequests(context.log, durations));
  app.use(securityHeaders({ isSecure }));
  app.use(refuseOddAddresses);
  app.use(healthRoutes(context));
  if (metricsToken !== undefined && durations !== undefined) app.use(metricsRoutes(context, metricsToken, durations));
  const compress = compression();
  app.use((request, response, next) => {
    if (request.headers['accept-encoding'] === undefined) next();
    else compress(request, response, next);
  });
  app.use('/assets', assets.routes);
  app.use(noStore);
  app.use(chooseLanguage({ isSecure }));
  app.use(refuseCrossSitePosts);
  // Both bring bodies of their own. A router for each would cost every page something.
  app.post('/api/v1/bounces', receiveBounces(context));
  app.post('/nei/:token', declineByOneClick(context));
  app.use(readForms(formLimits));
  app.use(respondentRoutes(context));
  app.use(optOutRoutes(context));
  app.use('/nei', stoppedPage);
  app.use(backOfficeRoutes(context, createSessionStore(context.db)));
  app.use(notFound);
  app.use(errorPage(context.log));
  app.use(lateFaults(context.log));
  return app;
}
