import type { TextKey } from '../../../texts/translate';

/** One section of the method: what it says in words, its formulas with the meaning of their letters, its literature. */
export interface MethodOutline {
  /** Name in addresses and files. */
  readonly id: string;
  readonly title: TextKey;
  readonly paragraphs: readonly TextKey[];
  readonly formulas: readonly string[];
  readonly symbols: TextKey | null;
  readonly sources: readonly string[];
}

const aapor = 'AAPOR (2023), Standard Definitions, 10th edition';
const sarndal = 'Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling';
const cochran = 'Cochran (1977), Sampling Techniques';
const kornGraubard = 'Korn, Graubard (1999), Analysis of Health Surveys';

/** Everything that the method says, in order: the page of a release and docs/method.md are both made of it. */
export const methodOutline: readonly MethodOutline[] = [
  {
    id: 'asked',
    title: 'method.asked.title',
    paragraphs: [
      'method.asked.frame',
      'method.asked.sent',
      'method.asked.base',
      'method.asked.multiple',
      'method.asked.routing',
    ],
    formulas: [],
    symbols: null,
    sources: [aapor],
  },
  {
    id: 'weights',
    title: 'method.weights.title',
    paragraphs: [
      'method.weights.groups',
      'method.weights.eligible',
      'method.weights.merging',
      'method.weights.network',
      'method.weights.flags',
      'method.weights.margins',
    ],
    formulas: ['w = a · d', 'd = N / n', 'a = Σ[E] d / Σ[R] d'],
    symbols: 'method.weights.symbols',
    sources: [sarndal, `${cochran} (collapsed strata)`, 'Kish (1965), Survey Sampling'],
  },
  {
    id: 'uncertainty',
    title: 'method.uncertainty.title',
    paragraphs: [
      'method.uncertainty.share',
      'method.uncertainty.interval',
      'method.uncertainty.wilson',
      'method.uncertainty.korn_graubard',
      'method.uncertainty.small',
      'method.uncertainty.flags',
    ],
    formulas: [
      'p = Σ w y / Σ w',
      'u = w (y − p) / Σ w',
      'V = Σ[v] (1 − f) · m / (m − 1) · Σ (u − ū)²',
      'n* = (n / deff) · t / φ',
      '(p + z² / 2n* ∓ z √(p (1 − p) / n* + z² / 4n*²)) / (1 + z² / n*)',
    ],
    symbols: 'method.uncertainty.symbols',
    sources: [
      'Hájek (1971)',
      sarndal,
      'Wilson (1927), JASA 22',
      'Clopper, Pearson (1934), Biometrika 26',
      'Korn, Graubard (1998), Survey Methodology 24',
      'Franco, Little, Louis, Slud (2019), Journal of Survey Statistics and Methodology 7',
      'Parker et al. (2017), NCHS Series 2 no. 175',
    ],
  },
  {
    id: 'rounding',
    title: 'method.rounding.title',
    paragraphs: ['method.rounding.whole', 'method.rounding.coarse', 'method.rounding.precision'],
    formulas: [],
    symbols: null,
    sources: [],
  },
  {
    id: 'comparisons',
    title: 'method.comparisons.title',
    paragraphs: [
      'method.comparisons.rest',
      'method.comparisons.others',
      'method.comparisons.process',
      'method.comparisons.sparse',
      'method.comparisons.families',
      'method.comparisons.relevant',
    ],
    formulas: ['t = (p₁ − p₂) / √(V₁ + V₂)', 'q[i] = min[j ≥ i] m · p[j] / j'],
    symbols: 'method.comparisons.symbols',
    sources: [
      kornGraubard,
      'Newcombe (1998), Statistics in Medicine 17',
      'Zou, Huang, Zhang (2009)',
      'Fisher (1935)',
      'Benjamini, Hochberg (1995), JRSS B 57',
    ],
  },
  {
    id: 'baselines',
    title: 'method.baselines.title',
    paragraphs: [
      'method.baselines.what',
      'method.baselines.choice',
      'method.baselines.caution',
      'method.baselines.untested',
    ],
    formulas: [],
    symbols: null,
    sources: ['Danmarks Statistik, Innovation i den offentlige sektor', 'CO-PI, Innovationsbarometeret', 'KS'],
  },
  {
    id: 'trend',
    title: 'method.trend.title',
    paragraphs: ['method.trend.waves', 'method.trend.outside'],
    formulas: [],
    symbols: null,
    sources: [],
  },
  {
    id: 'ranking',
    title: 'method.ranking.title',
    paragraphs: ['method.ranking.none', 'method.ranking.spread'],
    formulas: [],
    symbols: null,
    sources: [
      'Goldstein, Spiegelhalter (1996), JRSS A 159',
      'Spiegelhalter (2005), Statistics in Medicine 24',
      'van Houwelingen et al. (1999)',
    ],
  },
  {
    id: 'hidden',
    title: 'method.hidden.title',
    paragraphs: [
      'method.hidden.r1',
      'method.hidden.r2',
      'method.hidden.r3',
      'method.hidden.r4',
      'method.hidden.gate',
      'method.hidden.r5',
      'method.hidden.r6_closed',
      'method.hidden.r6_open',
      'method.hidden.blocks',
      'method.hidden.r7',
      'method.hidden.r8',
      'method.hidden.r9',
      'method.hidden.r10',
      'method.hidden.r11',
    ],
    formulas: [],
    symbols: null,
    sources: [
      'Handbook on Statistical Disclosure Control, 2nd edition (2024)',
      'Langsrud (2024), GaussSuppression',
      'OsloMet, sjekkliste for anonymisering',
    ],
  },
  {
    id: 'editions',
    title: 'method.editions.title',
    paragraphs: ['method.editions.two', 'method.editions.limit', 'method.editions.none', 'method.editions.verdicts'],
    formulas: [],
    symbols: null,
    sources: [],
  },
  {
    id: 'rates',
    title: 'method.rates.title',
    paragraphs: ['method.rates.rr2', 'method.rates.complete', 'method.rates.others'],
    formulas: [
      'RR2 = (I + P) / (I + P + R + NC + O + UE)',
      'RR4 = (I + P) / (I + P + R + NC + O + e · UE)',
      'e = (I + P + R + NC + O) / (I + P + R + NC + O + NE)',
    ],
    symbols: null,
    sources: [aapor],
  },
  {
    id: 'limits',
    title: 'method.limits.title',
    paragraphs: [
      'method.limits.nonresponse',
      'method.limits.selfreport',
      'method.limits.audit',
      'method.limits.outside',
      'method.limits.withdrawn',
    ],
    formulas: [],
    symbols: null,
    sources: [],
  },
  {
    id: 'checked',
    title: 'method.checked.title',
    paragraphs: ['method.checked.reference', 'method.checked.repeatable'],
    formulas: [],
    symbols: null,
    sources: ['Lumley (2010), Complex Surveys: A Guide to Analysis Using R'],
  },
];
