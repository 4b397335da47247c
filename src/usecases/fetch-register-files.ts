import type { Language } from '../domain/languages';
import { readEntities } from '../formats/read-entities';
import type { RegisterClient } from '../registers/create-register-client';
import type { ImportFile } from './import-faults';
import type { RegisterRequest } from './register-content';

/** Before the oldest list of municipalities in Klass, so that no period is cut. */
const beginning = '1800-01-01';
const pageSize = 1_000;
const mostPages = 10;
const classificationNumbers = { municipality: 131, county: 104 } as const;

/** Where the registers are when an installation does not fetch by itself. */
export const publicRegisters = {
  registerUrl: 'https://data.brreg.no/enhetsregisteret/api',
  klassUrl: 'https://data.ssb.no/api/klass/v1',
};

export type RegisterPart = 'organisations' | 'municipality' | 'county' | 'kostra_groups';

/**
 * Lists the addresses of the answers that imports take; of Enhetsregisteret the first page.
 * @param base base addresses of the registers
 * @param year year of KOSTRA groups
 */
export function listRegisterAddresses(
  { registerUrl, klassUrl }: typeof publicRegisters,
  year: number,
): Readonly<Record<RegisterPart, readonly string[]>> {
  const listRegions = (classification: keyof typeof classificationNumbers): readonly string[] => {
    const address = `${klassUrl}/classifications/${classificationNumbers[classification]}`;
    return [`${address}/codes?from=${beginning}`, `${address}/changes?from=${beginning}`];
  };
  return {
    organisations: [`${registerUrl}/enheter?organisasjonsform=KOMM,FYLK&size=${pageSize}&page=0`],
    municipality: listRegions('municipality'),
    county: listRegions('county'),
    kostra_groups: [`${klassUrl}/classifications/112/correspondsAt?targetClassificationId=131&date=${year}-01-01`],
  };
}

/**
 * Fetches the answers of a register that an import needs.
 * @param client the register client
 * @param request what is to be imported
 * @param language language of faults
 * @returns answers, each named by its address
 * @throws AppError register_unreachable, register_nothing, register_too_large
 */
export async function fetchRegisterFiles(
  client: RegisterClient,
  request: RegisterRequest,
  language: Language,
): Promise<readonly ImportFile[]> {
  const part = request.kind === 'regions' ? request.classification : request.kind;
  const addresses = listRegisterAddresses(client, request.kind === 'kostra_groups' ? request.year : 0)[part];
  const files: ImportFile[] = [];
  for (const name of addresses) files.push({ name, bytes: await client.fetch(name), language });
  const [first] = files;
  if (request.kind !== 'organisations' || first === undefined) return files;
  const pages = Math.min(readEntities(first.bytes).page?.of ?? 1, mostPages);
  for (let page = 1; page < pages; page += 1) {
    const name = first.name.replace(/page=0$/, `page=${page}`);
    files.push({ name, bytes: await client.fetch(name), language });
  }
  return files;
}
