import {
  anonymous,
  can,
  operator,
  roles,
  type Action,
  type Actor,
  type Role,
  type Subject,
} from '../../../src/domain/permissions';

const own: Subject = { networkId: 'own', organisationId: 'asker' };
const neighbour: Subject = { networkId: 'own', organisationId: 'drammen' };
const wholeNetwork: Subject = { networkId: 'own', organisationId: null };
const elsewhere: Subject = { networkId: 'other', organisationId: 'asker' };
const installation: Subject = { networkId: null, organisationId: null };
const subjects = { own, neighbour, wholeNetwork, elsewhere, installation };
type SubjectName = keyof typeof subjects;

const everywhere: SubjectName[] = ['own', 'neighbour', 'wholeNetwork', 'elsewhere', 'installation'];
const network: SubjectName[] = ['own', 'neighbour', 'wholeNetwork'];

/** The table of rights once more, written out cell by cell: where a role may do a thing. */
const expected: Readonly<Record<Action, Readonly<Record<Role, readonly SubjectName[]>>>> = {
  'administer installation': { administrator: everywhere, coordinator: [], organisation_contact: [], researcher: [] },
  'read audit': { administrator: everywhere, coordinator: [], organisation_contact: [], researcher: [] },
  'erase responses': { administrator: everywhere, coordinator: [], organisation_contact: [], researcher: [] },
  'manage network': { administrator: everywhere, coordinator: network, organisation_contact: [], researcher: [] },
  'manage people': { administrator: everywhere, coordinator: network, organisation_contact: [], researcher: [] },
  'maintain frame': {
    administrator: everywhere,
    coordinator: network,
    organisation_contact: ['own'],
    researcher: [],
  },
  'manage wave': { administrator: everywhere, coordinator: network, organisation_contact: [], researcher: [] },
  'see fieldwork': { administrator: everywhere, coordinator: network, organisation_contact: [], researcher: [] },
  'see own fieldwork': {
    administrator: everywhere,
    coordinator: network,
    organisation_contact: ['own'],
    researcher: [],
  },
  'see results': {
    administrator: everywhere,
    coordinator: network,
    organisation_contact: network,
    researcher: network,
  },
  'export results': {
    administrator: everywhere,
    coordinator: network,
    organisation_contact: network,
    researcher: network,
  },
};

function personWith(role: Role): Actor {
  const networkId = role === 'administrator' ? null : 'own';
  const organisationId = role === 'organisation_contact' ? 'asker' : null;
  return { kind: 'person', id: 'p', name: 'P', grants: [{ role, networkId, organisationId }] };
}

const actions = Object.keys(expected) as Action[];
const cells = actions.flatMap((action) =>
  roles.flatMap((role) => everywhere.map((subject) => ({ action, role, subject }))),
);

describe('rights', () => {
  it.each(cells)('$role, "$action" on $subject', ({ action, role, subject }) => {
    expect(can(personWith(role), action, subjects[subject])).toBe(expected[action][role].includes(subject));
  });

  it.each(actions)('nobody who has not signed in may "%s", the operator may', (action) => {
    expect(can(anonymous, action, own)).toBe(false);
    expect(can(operator, action, own)).toBe(true);
  });

  it('a person without grants may nothing', () => {
    const nobody: Actor = { kind: 'person', id: 'p', name: 'P', grants: [] };
    expect(actions.some((action) => can(nobody, action, wholeNetwork))).toBe(false);
  });
});
