import { can, type Actor } from '../permissions';

/** An organisation whose figures somebody wants to see. */
export interface OrganisationInNetwork {
  readonly networkId: string;
  readonly organisationId: string;
}

/**
 * Decides whose figures an actor may see. In an open network members agreed to see each other; in a closed one a member
 * sees its own figures and the rest of the network, while those who run or study the whole network see every member.
 * @param actor who asks
 * @param organisation the organisation
 * @param isOpenNetwork what respondents were promised, from the release's policy
 * @returns true when the organisation's own figures may be shown to the actor
 */
export function canSeeOrganisation(actor: Actor, organisation: OrganisationInNetwork, isOpenNetwork: boolean): boolean {
  const subject = { networkId: organisation.networkId, organisationId: organisation.organisationId };
  if (actor.kind !== 'person' || isOpenNetwork) return can(actor, 'see results', subject);
  return actor.grants.some((grant) => {
    const isOwn = grant.networkId === subject.networkId && grant.organisationId === subject.organisationId;
    const alone: Actor = { ...actor, grants: [grant] };
    return (grant.role !== 'organisation_contact' || isOwn) && can(alone, 'see results', subject);
  });
}
