/** What an actor has been granted. */
export interface RoleGrant {
  readonly role: Role;
  readonly networkId: string | null;
  readonly organisationId: string | null;
}

export const roles = ['administrator', 'coordinator', 'organisation_contact', 'researcher'] as const;
export type Role = (typeof roles)[number];

/** A signed-in person, the command line of the installation's operator, or nobody. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string; readonly name: string; readonly grants: readonly RoleGrant[] }
  | { readonly kind: 'operator' }
  | { readonly kind: 'anonymous' };

export const operator: Actor = { kind: 'operator' };
export const anonymous: Actor = { kind: 'anonymous' };

/** What can be done. Every use case names one. */
export type Action =
  | 'administer installation'
  | 'read audit'
  | 'erase responses'
  | 'manage network'
  | 'manage people'
  | 'manage wave'
  | 'maintain frame'
  | 'see fieldwork'
  | 'see own fieldwork'
  | 'see results'
  | 'export results';

/** What it is done to: a network, or one organisation in it. */
export interface Subject {
  readonly networkId: string | null;
  readonly organisationId: string | null;
}

/** The whole table of rights: the scope in which a role may do a thing. Absent = never. */
const rights: Readonly<Record<Role, Partial<Record<Action, 'everywhere' | 'network' | 'organisation'>>>> = {
  administrator: {
    'administer installation': 'everywhere',
    'read audit': 'everywhere',
    'erase responses': 'everywhere',
    'manage network': 'everywhere',
    'manage people': 'everywhere',
    'manage wave': 'everywhere',
    'maintain frame': 'everywhere',
    'see fieldwork': 'everywhere',
    'see own fieldwork': 'everywhere',
    'see results': 'everywhere',
    'export results': 'everywhere',
  },
  coordinator: {
    'manage network': 'network',
    'manage people': 'network',
    'manage wave': 'network',
    'maintain frame': 'network',
    'see fieldwork': 'network',
    'see own fieldwork': 'network',
    'see results': 'network',
    'export results': 'network',
  },
  organisation_contact: {
    'maintain frame': 'organisation',
    'see own fieldwork': 'organisation',
    'see results': 'network',
    'export results': 'network',
  },
  researcher: {
    'see results': 'network',
    'export results': 'network',
  },
};

function covers(grant: RoleGrant, action: Action, subject: Subject): boolean {
  const scope = rights[grant.role][action];
  if (scope === undefined) return false;
  if (scope === 'everywhere') return true;
  if (grant.networkId === null || grant.networkId !== subject.networkId) return false;
  return scope === 'network' || (grant.organisationId !== null && grant.organisationId === subject.organisationId);
}

/**
 * Decides whether somebody may do something to something. The operator at the command line may do everything.
 * @param actor who asks
 * @param action what they want to do
 * @param subject the network (and organisation) it concerns; nulls for the whole installation
 * @returns true when one of the actor's grants covers it
 */
export function can(actor: Actor, action: Action, subject: Subject): boolean {
  if (actor.kind === 'operator') return true;
  if (actor.kind === 'anonymous') return false;
  return actor.grants.some((grant) => covers(grant, action, subject));
}

/**
 * Tells whether somebody has any role in a network. For others nothing of it exists.
 * @param actor who asks
 * @param networkId the network
 * @returns true for everybody with a role there, administrators and the operator
 */
export function hasRoleIn(actor: Actor, networkId: string): boolean {
  if (actor.kind !== 'person') return actor.kind === 'operator';
  return actor.grants.some((grant) => grant.role === 'administrator' || grant.networkId === networkId);
}

/**
 * Decides whether somebody may do something in a network as a whole or in any one organisation of it.
 * @param actor who asks
 * @param action what they want to do
 * @param networkId the network
 * @returns true when one of the actor's grants covers it somewhere in the network
 */
export function canSomewhere(actor: Actor, action: Action, networkId: string): boolean {
  if (actor.kind !== 'person') return can(actor, action, { networkId, organisationId: null });
  return actor.grants.some((grant) => covers(grant, action, { networkId, organisationId: grant.organisationId }));
}
