/** Shares behind the synthetic answers to the questionnaire workplace/1. */
type Weights = readonly (readonly [string, number])[];

/** Shares near the published ones of the Danish and Norwegian barometers; the rest are plausible guesses. */
export const introduced: Weights = [
  ['intro_product', 0.16],
  ['intro_service', 0.25],
  ['intro_process', 0.52],
  ['intro_communication', 0.3],
];

export const singles: Readonly<Record<string, Weights>> = {
  under_way: [
    ['yes', 26],
    ['no', 51],
    ['dont_know', 23],
  ],
  novelty: [
    ['first', 18],
    ['adapted', 58],
    ['copy', 14],
    ['dont_know', 10],
  ],
  earlier_practice: [
    ['further_development', 60],
    ['new_approach', 30],
    ['dont_know', 10],
  ],
  core_task: [
    ['current', 76],
    ['future', 15],
    ['no', 8],
    ['dont_know', 1],
  ],
  evaluation: [
    ['internal_only', 32],
    ['external', 7],
    ['in_progress', 18],
    ['planned', 30],
    ['no', 11],
    ['dont_know', 2],
  ],
  spreading: [
    ['yes', 46],
    ['no', 46],
    ['dont_know', 8],
  ],
  technology_role: [
    ['is_technology', 11],
    ['important_part', 26],
    ['minor_part', 33],
    ['not_part', 27],
    ['dont_know', 3],
  ],
  technology_newness: [
    ['new_technology', 55],
    ['new_use', 41],
    ['dont_know', 4],
  ],
  procurement: [
    ['yes', 62],
    ['no', 30],
    ['dont_know', 8],
  ],
  tender: [
    ['yes', 30],
    ['no', 55],
    ['dont_know', 15],
  ],
};

export const multiples: Readonly<Record<string, Weights>> = {
  under_way_types: [
    ['product', 20],
    ['service', 35],
    ['process_organisation', 65],
    ['communication', 35],
  ],
  latest_types: [
    ['product', 22],
    ['service', 29],
    ['process_organisation', 79],
    ['communication', 37],
  ],
  heard_from: [
    ['own_organisation', 34],
    ['other_public', 37],
    ['networks', 41],
    ['courses', 24],
    ['media', 8],
    ['research', 11],
    ['suppliers', 13],
    ['authorities', 18],
    ['citizens', 5],
    ['other', 9],
  ],
  initiators: [
    ['own_management', 39],
    ['employees', 36],
    ['administration', 24],
    ['nearest_political_leadership', 12],
    ['legislation', 11],
    ['economic_pressure', 14],
    ['new_technology', 14],
    ['other_public', 6],
    ['citizens', 8],
    ['volunteers', 2],
    ['private_firms', 2],
    ['knowledge_institutions', 4],
    ['foundations', 2],
    ['other', 8],
  ],
  partners: [
    ['same_organisation', 53],
    ['other_municipalities', 16],
    ['other_counties', 6],
    ['state', 9],
    ['knowledge_institutions', 11],
    ['citizens', 16],
    ['volunteers', 9],
    ['private_firms', 17],
    ['foundations', 3],
    ['abroad', 2],
    ['other', 5],
  ],
  financing: [
    ['own_budget', 80],
    ['own_organisation', 25],
    ['public_grants', 9],
    ['foundations', 2],
    ['partners', 2],
    ['abroad', 1],
    ['other_external', 2],
  ],
  value: [
    ['quality', 68],
    ['efficiency', 45],
    ['avoided_costs', 19],
    ['employee_satisfaction', 47],
    ['citizen_involvement', 29],
    ['political_goals', 22],
    ['business_value', 4],
  ],
};

/** What is answered when nothing of a multiple choice applies. */
export const noneOf: Readonly<Record<string, string>> = { partners: 'none', value: 'none_yet' };
export const maximumTicks: Readonly<Record<string, number>> = { initiators: 3 };

/** Share that says promoted and hindered, per factor. */
export const factors: Readonly<Record<string, readonly [number, number]>> = {
  factor_management: [0.84, 0.05],
  factor_employees: [0.89, 0.07],
  factor_cross_collaboration: [0.8, 0.08],
  factor_mistakes: [0.52, 0.06],
  factor_time: [0.27, 0.5],
  factor_finances: [0.22, 0.45],
  factor_politics: [0.38, 0.1],
  factor_legislation: [0.31, 0.21],
  factor_technology: [0.46, 0.12],
  factor_citizens: [0.6, 0.06],
  factor_volunteers: [0.17, 0.02],
  factor_private_firms: [0.18, 0.05],
  factor_knowledge: [0.24, 0.02],
  factor_foundations: [0.09, 0.02],
};

/** Share that agrees, per culture statement. */
export const culture: Readonly<Record<string, number>> = {
  culture_risk: 0.78,
  culture_mistakes: 0.84,
  culture_ideas: 0.86,
  culture_recognition: 0.74,
  culture_cooperation: 0.88,
  culture_outlook: 0.71,
  culture_technology: 0.8,
  culture_time: 0.49,
};

/** Columns of an import of responses that hold these answers: `variable`, or `variable__option` for each tick. */
export function listAnswerColumns(): readonly string[] {
  const single = [...introduced.map(([variable]) => variable), ...[singles, factors, culture].flatMap(Object.keys)];
  const ticks = Object.entries(multiples).flatMap(([variable, options]) => {
    const exclusive = [noneOf[variable] ?? [], 'dont_know'].flat();
    return [...options.map(([option]) => option), ...exclusive].map((option) => `${variable}__${option}`);
  });
  return [...single, ...ticks];
}
