import type { Browser, Page } from 'playwright-core';
import { operator } from '../../src/domain/permissions';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { openWindow, signInByLink } from './browser';
import type { RespondentApp } from './respondent-app';

/**
 * Signs somebody in, in a window of their own, who runs the waves of networks.
 * @param browser a browser
 * @param site the program, and where it answers
 * @param options networks, and pixels across
 */
export async function openCoordinatorPage(
  browser: Browser,
  site: Pick<RespondentApp, 'context'> & { readonly address: string },
  { networks, width }: { readonly networks: readonly string[]; readonly width: number },
): Promise<Page> {
  let actorId = '';
  for (const networkKey of networks) {
    const grant = { email: 'kari@example.org', name: 'Kari Koordinator', role: 'coordinator', networkKey } as const;
    ({ actorId } = await grantRole(site.context, operator, grant));
  }
  const { path } = await createSignInLink(site.context, operator, { actorId });
  const window = await openWindow(browser, { viewport: { width, height: 900 } });
  const page = await window.newPage();
  await signInByLink(page, site.address + path);
  return page;
}
