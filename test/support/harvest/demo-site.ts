import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { operator } from '../../../src/domain/permissions';
import { createNetwork } from '../../../src/usecases/coordinator/create-network';
import request from 'supertest';
import type { RespondentApp } from '../respondent-app';
import { signInAs, type Agent } from '../results-network';

export const demoNetwork = 'innovasjonsnettverket';
const otherNetwork = 'et-annet';

/** Fills a migrated database with the demo network. */
export async function fillDemoDatabase(databaseUrl: string, folder: string): Promise<void> {
  const environment = { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: folder };
  const program = join(__dirname, 'fill-demo.ts');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', program], { env: environment });
}

/** Those who see what the coordinator sees. */
export const insiders = ['researcher', 'administrator', 'contact of Asker', 'contact of Oslo'] as const;
export const outsiders = ['nobody', 'coordinator of another network'] as const;
export type DemoPerson = 'coordinator' | (typeof insiders)[number] | (typeof outsiders)[number];

/** One browser for everybody. */
export async function signInEverybody(site: RespondentApp): Promise<Readonly<Record<DemoPerson, Agent>>> {
  await createNetwork(site.context, operator, { key: otherNetwork, name: 'Et annet nettverk', isOpen: true });
  const contact = { role: 'organisation_contact', networkKey: demoNetwork } as const;
  return {
    coordinator: await signInAs(site, { role: 'coordinator', networkKey: demoNetwork }),
    researcher: await signInAs(site, { role: 'researcher', networkKey: demoNetwork }),
    administrator: await signInAs(site, { role: 'administrator', networkKey: demoNetwork }),
    'contact of Asker': await signInAs(site, { ...contact, organisationKey: 'asker' }),
    'contact of Oslo': await signInAs(site, { ...contact, organisationKey: 'oslo' }),
    'coordinator of another network': await signInAs(site, { role: 'coordinator', networkKey: otherNetwork }),
    nobody: request.agent(site.app),
  };
}
