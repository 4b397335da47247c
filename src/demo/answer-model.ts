import { culture, factors, introduced, maximumTicks, multiples, noneOf, singles } from './answer-shares';
import type { SeededRandom } from './seeded-random';

/**
 * How innovative a synthetic workplace is: 0 is the network's average, 1 a standard deviation above. Organisations,
 * sectors and sizes differ, so that the comparison has something to show.
 */
export interface Temperament {
  readonly drive: number;
  readonly openness: number;
}

export type DemoAnswers = Record<string, string | string[]>;

const skippedShare = 0.015;

/** Moves a probability on the logit scale. */
function shift(probability: number, by: number): number {
  return 1 / (1 + Math.exp(-(Math.log(probability / (1 - probability)) + by)));
}

function tick(random: SeededRandom, question: string, drive: number): string[] {
  const chosen = (multiples[question] ?? [])
    .filter(([, percent]) => random.chance(shift(percent / 100, 0.35 * drive)))
    .map(([code]) => code);
  const ticked = chosen.slice(0, maximumTicks[question] ?? chosen.length);
  return ticked.length > 0 ? ticked : [noneOf[question] ?? 'dont_know'];
}

function answerFactor(random: SeededRandom, [promoted, hindered]: readonly [number, number], drive: number): string {
  const rest = 1 - promoted - hindered;
  const promotedShifted = shift(promoted, 0.4 * drive);
  return random.pick([
    ['promoted_high', promotedShifted * 0.45],
    ['promoted_some', promotedShifted * 0.55],
    ['hindered_some', hindered * 0.7],
    ['hindered_high', hindered * 0.3],
    ['not_relevant', rest * 0.8],
    ['dont_know', rest * 0.2],
  ]);
}

function answerCulture(random: SeededRandom, share: number, openness: number): string {
  const agree = shift(share, 0.5 * openness);
  return random.pick([
    ['fully_agree', agree * 0.45],
    ['partly_agree', agree * 0.55],
    ['partly_disagree', (1 - agree) * 0.65],
    ['fully_disagree', (1 - agree) * 0.2],
    ['not_relevant', (1 - agree) * 0.05],
    ['dont_know', (1 - agree) * 0.1],
  ]);
}

/** Draws the answers about the latest innovation, follow-up questions included. */
function drawLatestInnovation(random: SeededRandom, { drive, openness }: Temperament): DemoAnswers {
  const answers: DemoAnswers = {};
  const single = (question: string): void => {
    answers[question] = random.pick(singles[question] ?? []);
  };
  for (const question of ['latest_types', 'initiators', 'partners', 'financing', 'value']) {
    answers[question] = tick(random, question, drive);
  }
  for (const question of ['novelty', 'earlier_practice', 'core_task', 'technology_role', 'evaluation', 'spreading']) {
    single(question);
  }
  const { novelty, partners, technology_role: technologyRole } = answers;
  if (novelty === 'adapted' || novelty === 'copy') answers['heard_from'] = tick(random, 'heard_from', openness);
  if (partners?.includes('private_firms')) single('procurement');
  if (answers['procurement'] === 'yes') single('tender');
  if (technologyRole === 'is_technology' || technologyRole === 'important_part') single('technology_newness');
  return answers;
}

/**
 * Draws one synthetic response to the questionnaire workplace/1.
 * @param random stream of repeatable draws
 * @param temperament how innovative the workplace is
 * @returns raw answers, every question that its route leads to, a few left out as people do
 */
export function drawAnswers(random: SeededRandom, temperament: Temperament): DemoAnswers {
  const { drive, openness } = temperament;
  const answers: DemoAnswers = {};
  for (const [question, share] of introduced) {
    const isYes = random.chance(shift(share, 0.9 * drive));
    answers[question] = isYes
      ? 'yes'
      : random.pick([
          ['no', 0.94],
          ['dont_know', 0.06],
        ]);
  }
  const isInnovative = introduced.some(([question]) => answers[question] === 'yes');
  if (isInnovative) {
    Object.assign(answers, drawLatestInnovation(random, temperament));
  } else {
    answers['under_way'] = random.pick(singles['under_way'] ?? []);
    if (answers['under_way'] === 'yes') answers['under_way_types'] = tick(random, 'under_way_types', drive);
  }
  if (isInnovative || answers['under_way'] === 'yes') {
    for (const [question, shares] of Object.entries(factors)) answers[question] = answerFactor(random, shares, drive);
  }
  for (const [question, share] of Object.entries(culture)) answers[question] = answerCulture(random, share, openness);
  return leaveSomeOut(random, answers);
}

/** Only what steers the route has to be answered; people skip a question now and then. */
const routing = new Set([
  'intro_product',
  'intro_service',
  'intro_process',
  'intro_communication',
  'under_way',
  'novelty',
  'partners',
  'procurement',
  'technology_role',
]);

function leaveSomeOut(random: SeededRandom, answers: DemoAnswers): DemoAnswers {
  return Object.fromEntries(
    Object.entries(answers).filter(([question]) => routing.has(question) || !random.chance(skippedShare)),
  );
}
