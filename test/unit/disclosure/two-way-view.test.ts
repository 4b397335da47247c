import fc from 'fast-check';
import { mergeAtoms } from '../../../src/domain/disclosure/respondent-sets';
import { computeMask } from '../../../src/domain/disclosure/suppression-mask';
import type { Atom, MaskInput } from '../../../src/domain/disclosure/types';
import { attackBySpan } from '../../support/attacker/span';
import { edgeOf, findBridges, listUnknowns } from '../../support/bridges';
import { maskInput, networks, thresholdOnly } from '../../support/disclosure-networks';

/** Tables of organisations by sectors with their margins and nothing else. */
const tables = networks({ organisations: [2, 6], sectors: [2, 4], sizes: [1, 1] }).map((atoms) =>
  mergeAtoms(atoms.map((cell, i) => ({ ...cell, sector: cell.sector ?? `s${(i % 2) + 1}`, size: null }))),
);

function tableInput(atoms: readonly Atom[]): MaskInput {
  const input = maskInput(atoms);
  return { ...input, groups: input.groups.filter(({ rest, size }) => rest === null && size === null) };
}

describe('a two-way view against the graph of its unknowns', () => {
  it('no hidden cell or margin below k is a bridge', () => {
    fc.assert(
      fc.property(tables, (atoms) => {
        const input = tableInput(atoms);
        const unknowns = listUnknowns(atoms, computeMask(input).published);
        expect(findBridges(unknowns).filter((edge) => 'count' in edge && Number(edge.count) < 7)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('with a plain threshold algebra and graph find the same cells', () => {
    fc.assert(
      fc.property(tables, (atoms) => {
        const published = new Set(thresholdOnly(tableInput(atoms)));
        const bridges = findBridges(listUnknowns(atoms, published)).map(({ row, column }) => `${row} ${column}`);
        const edges = atoms.map(({ organisation, sector }) => edgeOf(organisation, sector));
        const places = edges.map(({ row, column }) => `${row} ${column}`);
        const cells = attackBySpan({ atoms, published }, 7).flatMap(({ columns: [column, ...more] }) =>
          more.length === 0 && column !== undefined ? [places[column]] : [],
        );
        expect(cells.sort()).toEqual(bridges.filter((bridge) => places.includes(bridge)).sort());
      }),
      { numRuns: 200 },
    );
  });
});
