/** The parts of the administration, in the order in which an installation needs them. */
export const administrationParts = [
  { name: 'organisations', href: '/administrasjon/organisasjoner' },
  { name: 'registers', href: '/administrasjon/registre' },
  { name: 'networks', href: '/administrasjon/nettverk' },
  { name: 'people', href: '/administrasjon/folk' },
  { name: 'providers', href: '/administrasjon/innlogging' },
  { name: 'events', href: '/administrasjon/hendelser' },
] as const;
