import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../src/context';
import type { Disposition, Sector, SizeClass } from '../../src/domain/fieldwork/types';
import { operator } from '../../src/domain/permissions';
import { addInstrument } from '../../src/usecases/coordinator/add-instrument';
import { choosePeers, type PeerForm } from '../../src/usecases/coordinator/choose-peers';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import { importResponses } from '../../src/usecases/coordinator/import-responses';
import { openWave } from '../../src/usecases/coordinator/open-wave';

const exampleFolder = join(__dirname, 'instruments', 'example');

/** One unit of an imported wave with the answers to the example instrument. */
export interface ImportedUnit {
  readonly unit: string;
  readonly organisation: string;
  readonly sector: Sector;
  readonly size: SizeClass;
  readonly isInvited: boolean;
  /** Null: not invited. */
  readonly disposition: Disposition | null;
  readonly usesTool: 'yes' | 'no' | 'dont_know' | '';
  /** Ticked purposes; empty: question skipped. */
  readonly purposes: readonly string[];
  readonly training: string;
}

const purposeCodes = ['planning', 'writing', 'contact', 'none', 'dont_know'] as const;

/** Organisations that imported waves are made of; numbers with a right check digit. */
export const importedOrganisations = [
  { key: 'asker', name: 'Asker', orgnr: '920125298', kind: 'municipality' },
  { key: 'drammen', name: 'Drammen', orgnr: '921234554', kind: 'municipality' },
  { key: 'lier', name: 'Lier', orgnr: '857566122', kind: 'municipality' },
  { key: 'viken', name: 'Viken', orgnr: '921693230', kind: 'county' },
] as const;

function toFile(name: string, lines: readonly string[]) {
  return { name, bytes: new TextEncoder().encode(`${lines.join('\n')}\n`), language: 'en' as const };
}

/** The example instrument as it was first written. */
export function readExample(): { readonly key: string; readonly survey: string; readonly codebook: string } {
  return {
    key: 'example/1',
    survey: readFileSync(join(exampleFolder, 'survey.json'), 'utf8'),
    codebook: readFileSync(join(exampleFolder, 'codebook.json'), 'utf8'),
  };
}

/**
 * Takes a wave with the example instrument from nothing to closed, by way of the use cases that the command line calls.
 * @param context context on a test database
 * @param input keys, openness and units
 */
export async function createClosedWave(
  context: Context,
  input: {
    readonly networkKey: string;
    readonly waveKey: string;
    readonly isOpen: boolean;
    readonly units: readonly ImportedUnit[];
    /** Reference period; 2024-2025 unless told. */
    readonly period?: string;
    /** Whether the network is there already, with an earlier wave. */
    readonly isLaterWave?: boolean;
    /** Another version of the example instrument than the first. */
    readonly instrument?: { readonly key: string; readonly survey: string; readonly codebook: string };
    /** Peer groups; none unless told. */
    readonly peers?: PeerForm;
  },
): Promise<void> {
  const { networkKey, waveKey, units, instrument = readExample() } = input;
  await addInstrument(context, operator, { folder: 'example', ...instrument });
  if (input.isLaterWave !== true) {
    await createNetwork(context, operator, { key: networkKey, name: `Network ${networkKey}`, isOpen: input.isOpen });
  }
  await importOrganisations(context, operator, {
    networkKey,
    file: toFile('organisations.csv', [
      'key,name,orgnr,kind',
      ...importedOrganisations.map(({ key, name, orgnr, kind }) => [key, name, orgnr, kind].join(',')),
    ]),
  });
  await createWave(context, operator, {
    key: waveKey,
    networkKey,
    instrument: instrument.key,
    period: input.period ?? '2024-2025',
    anonymityLevel: 'fortrolig',
  });
  await importFrame(context, operator, {
    waveKey,
    file: toFile('frame.csv', [
      'unit,organisation,sector,type,size,invited',
      ...units.map((one) =>
        [one.unit, one.organisation, one.sector, typesBySector[one.sector], one.size, Number(one.isInvited)].join(','),
      ),
    ]),
  });
  if (input.peers !== undefined) await choosePeers(context, operator, { waveKey, form: input.peers });
  await openWave(context, operator, { waveKey });
  await importResponses(context, operator, {
    waveKey,
    file: toFile('responses.csv', [
      `unit,disposition,uses_tool,${purposeCodes.map((code) => `purposes__${code}`).join(',')},training`,
      ...units.filter(({ isInvited }) => isInvited).map(writeResponse),
    ]),
  });
  await closeWave(context, operator, { waveKey });
}

const typesBySector: Readonly<Record<Sector, string>> = {
  education: 'grunnskole',
  health: 'sykehjem',
  social: 'nav',
  culture: 'bibliotek',
  technical: 'samferdsel',
  administration: 'stab',
};

function writeResponse(one: ImportedUnit): string {
  if (one.disposition !== 'I')
    return [one.unit, one.disposition ?? '', '', ...purposeCodes.map(() => ''), ''].join(',');
  const ticks = purposeCodes.map((code) => (one.purposes.length === 0 ? '' : Number(one.purposes.includes(code))));
  return [one.unit, one.disposition, one.usesTool, ...ticks, one.training].join(',');
}
