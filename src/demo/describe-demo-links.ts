import type { Context } from '../context';
import { createDemoLink } from '../usecases/visitor/create-demo-link';
import { hasDemoNetwork } from '../usecases/visitor/read-demo';

const labels: readonly (readonly [Parameters<typeof createDemoLink>[1], string])[] = [
  ['respondent', 'Svar på undersøkelsen'],
  ['coordinator', 'Koordinator          '],
  ['organisation_contact', 'Kontakt i Asker      '],
  ['researcher', 'Forsker              '],
  ['administrator', 'Administrator        '],
];

/**
 * Makes the lines that a server prints when it has started on the demo network.
 * @param context the process' context
 * @returns one line with a fresh link per kind of visitor; none where there is no demo network
 */
export async function describeDemoLinks(context: Context): Promise<readonly string[]> {
  if (!(await hasDemoNetwork(context))) return [];
  const lines = ['Demonettverk med syntetiske svar:'];
  for (const [role, label] of labels) {
    lines.push(`  ${label}  ${context.config.publicUrl}${await createDemoLink(context, role)}`);
  }
  return lines;
}
