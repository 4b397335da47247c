import type { Atom } from '../../src/domain/disclosure/types';

/** An unknown of a two-way table with margins: a cell, a margin or the total, as an edge from its row to its column. */
export interface Edge {
  readonly row: string;
  readonly column: string;
}

/** Rows, columns and "all" for the margins: the edge of a group of organisations by sector. */
export function edgeOf(organisation: string | null, sector: string | null): Edge {
  return { row: `row ${organisation ?? 'all'}`, column: `column ${sector ?? 'all'}` };
}

/**
 * Unknowns that are determined exactly by the additivity of the table: bridges of the graph that joins rows and columns
 * by the unknowns (Gusfield 1988, "A graph theoretic approach to statistical data security").
 */
export function findBridges(edges: readonly Edge[]): readonly Edge[] {
  const areConnected = (from: string, to: string, without: Edge): boolean => {
    const reached = new Set([from]);
    const queue = [from];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (const edge of edges) {
        if (edge === without || (edge.row !== node && edge.column !== node)) continue;
        const next = edge.row === node ? edge.column : edge.row;
        if (reached.has(next)) continue;
        reached.add(next);
        queue.push(next);
      }
    }
    return reached.has(to);
  };
  return edges.filter((edge) => !areConnected(edge.row, edge.column, edge));
}

/** All non-empty unknowns of organisations by sectors that are not published. */
export function listUnknowns(atoms: readonly Atom[], published: ReadonlySet<string>): (Edge & { count: number })[] {
  const places = [null, ...new Set(atoms.map(({ organisation }) => organisation))];
  const sectors = [null, ...new Set(atoms.map(({ sector }) => sector))];
  return places.flatMap((organisation) =>
    sectors.flatMap((sector) => {
      const parts = [
        ...(organisation === null ? [] : [`organisation=${organisation}`]),
        ...(sector === null ? [] : [`sector=${sector}`]),
      ];
      const key = parts.length === 0 ? 'network' : parts.join(';');
      const count = atoms
        .filter((a) => (organisation ?? a.organisation) === a.organisation && (sector ?? a.sector) === a.sector)
        .reduce((total, a) => total + a.validCount, 0);
      return published.has(key) || count === 0 ? [] : [{ ...edgeOf(organisation, sector), count }];
    }),
  );
}
