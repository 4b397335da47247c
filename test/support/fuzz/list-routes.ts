import type { Express } from 'express';

/** What Express keeps of its middleware and routes. */
interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** One route of the application. */
export interface Route {
  readonly method: string;
  /** Such as /runder/:wave */
  readonly path: string;
}

function listLayers(layers: readonly Layer[]): readonly Route[] {
  return layers.flatMap(({ route, handle }) => {
    if (route === undefined) return listLayers(handle?.stack ?? []);
    return Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path }));
  });
}

/**
 * Lists every route, so that none is forgotten.
 * @param app the application
 */
export function listRoutes(app: Express): readonly Route[] {
  return listLayers((app.router as unknown as { stack: readonly Layer[] }).stack);
}
