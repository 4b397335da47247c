import { canSeeOrganisation } from '../../../src/domain/benchmark/visible-organisations';
import { anonymous, operator, type Actor, type RoleGrant } from '../../../src/domain/permissions';

function createPerson(...grants: RoleGrant[]): Actor {
  return { kind: 'person', id: 'p', name: 'P', grants };
}

const contact: RoleGrant = { role: 'organisation_contact', networkId: 'n', organisationId: 'own' };
const own = { networkId: 'n', organisationId: 'own' };
const other = { networkId: 'n', organisationId: 'other' };

describe('whose figures somebody may see', () => {
  it("in an open network: every member's, for everybody with a right in it", () => {
    expect(canSeeOrganisation(createPerson(contact), other, true)).toBe(true);
    expect(canSeeOrganisation(createPerson({ ...contact, networkId: 'm' }), other, true)).toBe(false);
    expect(canSeeOrganisation(anonymous, other, true)).toBe(false);
  });

  it("in a closed network: a contact's own only", () => {
    expect(canSeeOrganisation(createPerson(contact), own, false)).toBe(true);
    expect(canSeeOrganisation(createPerson(contact), other, false)).toBe(false);
    expect(canSeeOrganisation(createPerson({ ...contact, networkId: 'm' }), own, false)).toBe(false);
  });

  it.each(['coordinator', 'researcher'] as const)("in a closed network: every member's for its %s", (role) => {
    const grant: RoleGrant = { role, networkId: 'n', organisationId: null };
    expect(canSeeOrganisation(createPerson(contact, grant), other, false)).toBe(true);
    expect(canSeeOrganisation(createPerson({ ...grant, networkId: 'm' }), other, false)).toBe(false);
  });

  it('everywhere for administrators and the operator', () => {
    const grant: RoleGrant = { role: 'administrator', networkId: null, organisationId: null };
    expect(canSeeOrganisation(createPerson(grant), other, false)).toBe(true);
    expect(canSeeOrganisation(operator, other, false)).toBe(true);
  });
});
