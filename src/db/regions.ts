import { z } from 'zod';
import type { Difference } from '../domain/fieldwork/merge-regions';
import {
  regionChangeKinds,
  type RegionChange,
  type RegionClassification,
  type RegionCode,
} from '../domain/fieldwork/region-codes';
import { selectRows, type Database } from './database';

const codeSchema = z
  .object({ code: z.string(), name: z.string(), valid_from: z.iso.date(), valid_to: z.iso.date().nullable() })
  .transform((row): RegionCode => ({
    code: row.code,
    name: row.name,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));

const changeSchema = z
  .object({
    changed_on: z.iso.date(),
    from_code: z.string(),
    from_name: z.string(),
    to_code: z.string(),
    to_name: z.string(),
    kind: z.enum(regionChangeKinds),
  })
  .transform((row): RegionChange => ({
    changedOn: row.changed_on,
    fromCode: row.from_code,
    fromName: row.from_name,
    toCode: row.to_code,
    toName: row.to_name,
    kind: row.kind,
  }));

/** Codes by time, and how they follow each other. */
export interface StoredRegions {
  readonly codes: readonly RegionCode[];
  readonly changes: readonly RegionChange[];
}

/**
 * Reads everything that is known about the codes of a classification.
 * @param db the database or a transaction
 * @param classification municipalities or counties
 * @returns codes by code and first day, changes by day
 */
export async function selectRegions(db: Database, classification: RegionClassification): Promise<StoredRegions> {
  const bindings = { classification };
  const codes = await selectRows(db, codeSchema, {
    sql: `SELECT region_code.code, region_code.name, region_code.valid_from, region_code.valid_to
            FROM region_code WHERE region_code.classification = :classification
           ORDER BY region_code.code, region_code.valid_from`,
    bindings,
  });
  const changes = await selectRows(db, changeSchema, {
    sql: `SELECT region_change.changed_on, region_change.from_code, region_change.from_name, region_change.to_code,
                 region_change.to_name, region_change.kind
            FROM region_change WHERE region_change.classification = :classification
           ORDER BY region_change.changed_on, region_change.from_code, region_change.to_code`,
    bindings,
  });
  return { codes, changes };
}

/** Keeps others from changing codes at the same time, until the transaction ends. */
export async function lockRegions(transaction: Database): Promise<void> {
  await transaction.raw('LOCK TABLE region_code, region_change IN SHARE ROW EXCLUSIVE MODE');
}

/**
 * Stores codes that are new or have changed.
 * @param transaction a transaction
 * @param classification municipalities or counties
 * @param difference what is added and changed
 */
export async function storeRegionCodes(
  transaction: Database,
  classification: RegionClassification,
  { added, changed }: Difference<RegionCode>,
): Promise<void> {
  await transaction.raw(
    `DELETE FROM region_code USING jsonb_to_recordset(CAST(:rows AS jsonb)) AS gone (code text, "validFrom" date)
      WHERE region_code.classification = :classification AND region_code.code = gone.code
        AND region_code.valid_from = gone."validFrom"`,
    { classification, rows: JSON.stringify(changed.map(({ before }) => before)) },
  );
  await transaction.raw(
    `INSERT INTO region_code (classification, code, name, valid_from, valid_to)
     SELECT :classification, added.code, added.name, added."validFrom", added."validTo"
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (code text, name text, "validFrom" date, "validTo" date)`,
    { classification, rows: JSON.stringify([...added, ...changed.map(({ after }) => after)]) },
  );
}

/**
 * Stores changes of codes that are new, or of which more is known.
 * @param transaction a transaction
 * @param classification municipalities or counties
 * @param difference what is added and changed
 */
export async function storeRegionChanges(
  transaction: Database,
  classification: RegionClassification,
  { added, changed }: Difference<RegionChange>,
): Promise<void> {
  await transaction.raw(
    `INSERT INTO region_change (classification, changed_on, from_code, from_name, to_code, to_name, kind)
     SELECT :classification, told."changedOn", told."fromCode", told."fromName", told."toCode", told."toName", told.kind
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS told
            ("changedOn" date, "fromCode" text, "fromName" text, "toCode" text, "toName" text, kind text)
         ON CONFLICT (classification, changed_on, from_code, to_code)
         DO UPDATE SET from_name = excluded.from_name, to_name = excluded.to_name, kind = excluded.kind`,
    { classification, rows: JSON.stringify([...added, ...changed.map(({ after }) => after)]) },
  );
}
