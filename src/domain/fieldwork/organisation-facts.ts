export const organisationFactKinds = ['population', 'kostra_group'] as const;
export type OrganisationFactKind = (typeof organisationFactKinds)[number];

/** Something published about an organisation in a year. */
export interface OrganisationFact {
  readonly organisationId: string;
  readonly kind: OrganisationFactKind;
  /** Calendar year that it holds for. */
  readonly year: number;
  /** Population: whole number; KOSTRA group: code of Klass 112. */
  readonly value: string;
  /** Who published it and where. */
  readonly source: string;
}

const forms: Readonly<Record<OrganisationFactKind, RegExp>> = {
  population: /^[0-9]{1,8}$/,
  kostra_group: /^[A-Za-z][A-Za-z0-9]{0,9}$/,
};

/**
 * Tells whether a value can be a fact of a kind.
 * @param kind kind of fact
 * @param value text, without separators of thousands
 * @returns true when it can
 */
export function isFactValue(kind: OrganisationFactKind, value: string): boolean {
  return forms[kind].test(value);
}
