import type { OrganisationPrivacy, WavePrivacy } from './privacy';

/** The privacy set-up as the respondents of one organisation read it. */
export type RespondentPrivacy = WavePrivacy & OrganisationPrivacy;
