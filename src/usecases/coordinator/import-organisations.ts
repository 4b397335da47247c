import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { insertMembers, organisationKinds, selectOrganisations, type Organisation } from '../../db/organisations';
import { isOrganisationNumber } from '../../domain/fieldwork/organisation-number';
import type { Actor } from '../../domain/permissions';
import type { CsvRow } from '../../formats/read-csv';
import { findNetwork, idOf } from '../authorise';
import {
  checkLength,
  createFaultList,
  readChoice,
  readImport,
  reportRepeated,
  type FaultList,
  type ImportFile,
} from '../import-faults';

const columns = { required: ['key', 'name', 'orgnr', 'kind'], optional: [] };
const keyPattern = /^[a-z][a-z0-9-]{0,39}$/;
const longestName = 200;

/**
 * Makes organisations members of a network; those that the installation does not know are added. All or nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network and a file with the columns key, name, orgnr, kind
 * @returns number of organisations in the file, and how many of them were not members before
 * @throws AppError network_unknown, import_faulty
 */
export async function importOrganisations(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string; readonly file: ImportFile },
): Promise<{ readonly organisations: number; readonly joined: number }> {
  return nameConstraintFaults({}, () =>
    context.db.transaction(async (transaction) => {
      const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage network' });
      const { rows } = readImport(input.file, columns);
      const faults = createFaultList(input.file);
      const read = rows.map((row) => readOrganisation(faults, row));
      for (const column of ['key', 'orgnr']) reportRepeated(faults, rows, column);
      faults.throwIfAny();
      const known = await selectOrganisations(transaction, {
        keys: rows.map(({ cells }) => cells['key'] ?? ''),
        orgnrs: rows.map(({ cells }) => cells['orgnr'] ?? ''),
      });
      for (const row of rows) compareWithKnown(faults, row, known);
      faults.throwIfAny();
      const organisations = read.filter((organisation) => organisation !== null);
      const joined = await insertMembers(transaction, network.id, organisations);
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: network.id,
        action: 'imported organisations',
        subject: network.key,
        detail: { organisations: organisations.length, joined },
      });
      return { organisations: organisations.length, joined };
    }),
  );
}

function readOrganisation(faults: FaultList, row: CsvRow): Omit<Organisation, 'id'> | null {
  const { line, cells } = row;
  const { key = '', name = '', orgnr = '' } = cells;
  if (!keyPattern.test(key)) faults.add({ line, column: 'key' }, 'import.key', { found: key });
  checkLength(faults, row, { column: 'name', minimum: 1, maximum: longestName });
  if (!isOrganisationNumber(orgnr)) faults.add({ line, column: 'orgnr' }, 'import.orgnr', { found: orgnr });
  const kind = readChoice(faults, row, { column: 'kind', allowed: organisationKinds });
  return kind === undefined ? null : { key, name, orgnr, kind };
}

function compareWithKnown(faults: FaultList, { line, cells }: CsvRow, known: readonly Organisation[]): void {
  const { key = '', orgnr = '' } = cells;
  const same = known.find((organisation) => organisation.key === key);
  if (same === undefined) {
    const owner = known.find((organisation) => organisation.orgnr === orgnr);
    if (owner === undefined) return;
    faults.add({ line, column: 'key' }, 'import.orgnr_taken', { found: orgnr, existing: owner.key });
    return;
  }
  for (const column of ['name', 'orgnr', 'kind'] as const) {
    const found = cells[column] ?? '';
    if (found === same[column]) continue;
    faults.add({ line, column }, 'import.organisation_differs', { found, key, existing: same[column] });
  }
}
