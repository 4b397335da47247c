import type { Codebook } from './codebook';
import { compileCondition, type CompiledCondition } from './compile-condition';
import type { Condition } from './tabulate-comparison';
import type { InstrumentFault } from './types';

/**
 * Compiles who is asked: every base's `when`, evaluated on clean answers; an empty one holds for everybody.
 * @param codebook the codebook
 * @returns condition by base identifier
 * @throws Error naming the first base whose `when` cannot be used
 */
export function compileBases(codebook: Codebook): ReadonlyMap<string, Condition> {
  const { conditions, faults } = readBases(codebook);
  const [fault] = faults;
  if (fault !== undefined) throw new Error(`${fault.file} ${fault.place}: ${fault.message}`);
  return new Map([...conditions].map(([id, condition]) => [id, condition?.holds ?? (() => true)]));
}

/**
 * Compiles the bases and keeps the faults.
 * @param codebook the codebook
 * @returns condition by base identifier (null: everybody), and the faults of those that could not be compiled
 */
export function readBases(codebook: Codebook): {
  conditions: ReadonlyMap<string, CompiledCondition | null>;
  faults: readonly InstrumentFault[];
} {
  const variables = new Map(codebook.variables.map((variable) => [variable.name, variable]));
  const conditions = new Map<string, CompiledCondition | null>();
  const faults: InstrumentFault[] = [];
  codebook.bases.forEach((base, index) => {
    if (base.when.trim() === '') {
      conditions.set(base.id, null);
      return;
    }
    const { condition, problems } = compileCondition(base.when, variables);
    if (condition !== null) conditions.set(base.id, condition);
    const place = `bases[${index}].when`;
    faults.push(...problems.map((message): InstrumentFault => ({ file: 'codebook.json', place, message })));
  });
  return { conditions, faults };
}
