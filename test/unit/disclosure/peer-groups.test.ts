import fc from 'fast-check';
import { parseGroupKey } from '../../../src/domain/benchmark/groups';
import { listCodesOf, type PeerGroup } from '../../../src/domain/benchmark/peer-groups';
import { judgePeerGroups, listUsed } from '../../../src/domain/disclosure/judge-peers';
import { declareLattice } from '../../../src/domain/disclosure/lattice';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { computeMask } from '../../../src/domain/disclosure/suppression-mask';
import type { Atom, MaskInput } from '../../../src/domain/disclosure/types';
import { attackBySpan, attackBySubtraction, columnsOf, countAnswers, findDerivable } from '../../support/attacker/span';
import { atom, maskInput, networks, openPolicy, thresholdOnly } from '../../support/disclosure-networks';
import { generatePeers } from '../../support/harvest/generated-waves';

const k = defaultPolicy.minimumCellSize;
const closed = { policy: defaultPolicy };

function group(code: string, ...members: string[]): PeerGroup {
  return { code, basis: 'chosen', value: code, year: null, members };
}

/** The input of a mask with peer groups, in the lattice and at every atom. */
function withPeers(atoms: readonly Atom[], peers: readonly PeerGroup[], changes: Partial<MaskInput> = {}): MaskInput {
  const codes = listCodesOf(peers);
  const placed = atoms.map((one) => ({ ...one, peers: codes.get(one.organisation) ?? [] }));
  const groups = declareLattice({
    organisations: [...new Set(atoms.map(({ organisation }) => organisation))],
    sectors: [...new Set(atoms.flatMap(({ sector }) => sector ?? []))],
    sizes: [...new Set(atoms.flatMap(({ size }) => size ?? []))],
    peers,
  });
  return maskInput(placed, { groups, ...changes });
}

const withGroups = (organisations: readonly [number, number], sizes: readonly [number, number] = [1, 2]) =>
  networks({ organisations, sectors: [1, 2], sizes }).chain((atoms) =>
    generatePeers([...new Set(atoms.map(({ organisation }) => organisation))]).map((peers) => ({ atoms, peers })),
  );

describe('the lattice', () => {
  const dimensions = { organisations: ['a', 'b', 'c'], sectors: ['health'], sizes: [] };
  const plain = declareLattice(dimensions);
  const lattice = declareLattice({ ...dimensions, peers: [group('near', 'a', 'b')] });

  it('has peer groups after everything else, so that nothing is hidden for their sake', () => {
    expect(lattice.slice(0, plain.length)).toEqual(plain);
    const added = lattice.slice(plain.length);
    expect(added.map(({ key }) => key)).toEqual(['peers=near', 'peers=near;rest=a', 'peers=near;rest=b']);
    expect(Math.min(...added.map(({ priority }) => priority))).toBeGreaterThan(
      Math.max(...plain.map(({ priority }) => priority)),
    );
  });

  it('gives every group the conditions of its key', () => {
    for (const one of lattice) expect({ ...parseGroupKey(one.key), priority: one.priority }).toEqual(one);
  });
});

describe('which groups can be shown is told beforehand:', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  const judge = (candidates: readonly PeerGroup[], policy = openPolicy, organisations = names) =>
    judgePeerGroups(candidates, organisations, policy).map(({ verdict }) => verdict);

  it('three members in an open network, one more than K_org in a closed one', () => {
    const groups = [group('two', 'a', 'b'), group('three', 'a', 'b', 'c'), group('four', 'a', 'b', 'c', 'd')];
    expect(judge(groups)).toEqual(['too_few', 'used', 'used']);
    expect(judge([...groups].reverse(), defaultPolicy)).toEqual(['used', 'too_few', 'too_few']);
  });

  it('the whole network, or the members of another group once more, is no group', () => {
    expect(judge([group('all', ...names), group('one', 'a', 'b', 'c'), group('other', 'a', 'b', 'c')])).toEqual([
      'whole',
      'used',
      'same',
    ]);
  });

  it('there are eight at most', () => {
    const many = names.map((_, at) => group(`g${at}`, ...names.filter((__, other) => other !== at)));
    expect(judge(many)).toEqual([...Array<string>(8).fill('used'), 'too_many', 'too_many']);
  });

  it('and those that can be are listed as they were declared', () => {
    const groups = [group('two', 'a', 'b'), group('near', 'a', 'b', 'c'), group('far', 'h', 'i', 'j')];
    expect(listUsed(judgePeerGroups(groups, names, openPolicy)).map(({ code }) => code)).toEqual(['near', 'far']);
  });

  it('too few members are the reason told, also of what would be too narrow', () => {
    const groups = [group('few', 'a', 'b'), group('eight', ...names.slice(0, 8))];
    expect(judge(groups, defaultPolicy)).toEqual(['too_few', 'narrow']);
  });

  it('in a closed network enough must be left outside, for every member', () => {
    // Outside are two: each of the two would see the other.
    expect(judge([group('eight', ...names.slice(0, 8))], defaultPolicy)).toEqual(['narrow']);
    expect(judge([group('six', ...names.slice(0, 6))], defaultPolicy)).toEqual(['used']);
    expect(judge([group('eight', ...names.slice(0, 8))])).toEqual(['used']);
  });

  it('in a closed network two groups that differ by few do not go together', () => {
    expect(judge([group('five', ...names.slice(0, 5)), group('six', ...names.slice(0, 6))], defaultPolicy)).toEqual(
      expect.arrayContaining(['used', 'narrow']),
    );
  });

  it('what is used is shown when everybody has answered', () => {
    fc.assert(
      fc.property(generatePeers(names.slice(0, 9)), fc.boolean(), (candidates, isOpenNetwork) => {
        const policy = { ...defaultPolicy, isOpenNetwork };
        const organisations = names.slice(0, 9);
        const used = judgePeerGroups(candidates, organisations, policy).flatMap((one) =>
          one.verdict === 'used' ? [one.group] : [],
        );
        const atoms = organisations.flatMap((name) => [atom(`${name} s1 z1`, 40), atom(`${name} s2 z1`, 30)]);
        const { published } = computeMask(withPeers(atoms, used, { policy }));
        for (const { code, members } of used) {
          for (const key of [`peers=${code}`, ...members.map((one) => `peers=${code};rest=${one}`)]) {
            expect([key, published.has(key)]).toEqual([key, true]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('peer groups are columns of the joint elimination (R4)', () => {
  const four = [atom('a s1 z1', 40), atom('b s1 z1', 30), atom('c s1 z1', 20), atom('d s1 z1', 4)];

  it('a group whose remainder in the network is small is hidden, the network is not', () => {
    const { hidden, published } = computeMask(withPeers(four, [group('three', 'a', 'b', 'c')]));
    expect(published.has('network')).toBe(true);
    expect(hidden.get('peers=three')).toBe('complement');
  });

  it('the attacker finds the planted leak when peer groups are shown by the threshold alone', () => {
    const input = withPeers(four, [group('three', 'a', 'b', 'c')]);
    const published = [...computeMask(input).published, 'peers=three'];
    expect(attackBySubtraction({ atoms: input.atoms, published }, k)).toContainEqual({ columns: [3], count: 4 });
    expect(attackBySpan({ atoms: input.atoms, published }, k)).toContainEqual({ columns: [3], count: 4 });
  });

  it('showing every peer group leaks in many generated networks, so the attacker is not blind', () => {
    const leaking = fc.sample(withGroups([3, 5]), { numRuns: 150, seed: 7 }).filter(({ atoms, peers }) => {
      const input = withPeers(atoms, peers);
      const added = thresholdOnly(input).filter((key) => key.startsWith('peers='));
      const published = [...new Set([...computeMask(input).published, ...added])];
      return attackBySpan({ atoms: input.atoms, published }, k).length > 0;
    });
    expect(leaking.length).toBeGreaterThan(20);
  });

  it('no set of fewer than k follows from what is shown with groups that overlap', () => {
    fc.assert(
      fc.property(withGroups([2, 5]), ({ atoms, peers }) => {
        const input = withPeers(atoms, peers);
        const { published } = computeMask(input);
        expect(attackBySpan({ atoms: input.atoms, published }, k)).toEqual([]);
        expect(attackBySubtraction({ atoms: input.atoms, published }, k)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('nothing that is shown without peer groups is hidden for their sake', () => {
    fc.assert(
      fc.property(withGroups([2, 5]), ({ atoms, peers }) => {
        const { published } = computeMask(withPeers(atoms, peers));
        for (const key of computeMask(maskInput(atoms)).published)
          expect([key, published.has(key)]).toEqual([key, true]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('peer groups of closed networks (R6)', () => {
  it('no member can work out an aggregate of others that is too few or dominated', () => {
    let shown = 0;
    fc.assert(
      fc.property(withGroups([5, 6], [1, 1]), ({ atoms, peers }) => {
        const input = withPeers(atoms, peers, closed);
        const { published } = computeMask(input);
        shown += [...published].filter((key) => key.startsWith('peers=')).length;
        for (const viewer of new Set(atoms.map(({ organisation }) => organisation))) {
          expect(findNarrow(input.atoms, published, viewer)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
    expect(shown).toBeGreaterThan(20);
  });

  it('the attacker finds what members would learn if groups were shown by the threshold alone', () => {
    const leaking = fc.sample(withGroups([5, 6], [1, 1]), { numRuns: 30, seed: 3 }).filter(({ atoms, peers }) => {
      const input = withPeers(atoms, peers, closed);
      const added = thresholdOnly(input).filter((key) => key.startsWith('peers='));
      const published = new Set([...computeMask(input).published, ...added]);
      const viewers = [...new Set(atoms.map(({ organisation }) => organisation))];
      return viewers.some((viewer) => findNarrow(input.atoms, published, viewer).length > 0);
    });
    expect(leaking.length).toBeGreaterThan(15);
  });
});

/** Sums of others that a member can work out from all it sees, of fewer than K_org or dominated by one. */
function findNarrow(atoms: readonly Atom[], published: ReadonlySet<string>, viewer: string) {
  const isSeen = (key: string): boolean => {
    const rest = /(?:^|;)rest=([^;]+)/.exec(key)?.[1];
    return !key.startsWith('organisation=') && (rest === undefined || rest === viewer);
  };
  const isOther = (column: number): boolean => atoms[column]!.organisation !== viewer;
  const rows = [...published].filter(isSeen).map((key) => columnsOf(key, atoms).filter(isOther));
  const isForbidden = (columns: readonly number[]): boolean => {
    const counts = new Map<string, number>();
    for (const column of columns) {
      const { organisation, validCount } = atoms[column]!;
      counts.set(organisation, (counts.get(organisation) ?? 0) + validCount);
    }
    return counts.size < 3 || Math.max(...counts.values()) > 0.6 * countAnswers(columns, atoms);
  };
  return findDerivable(rows, atoms, { isForbidden, canGrow: (columns) => columns.every(isOther) });
}
