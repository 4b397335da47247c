import type { MethodPage } from '../../../usecases/coordinator/read-method';
import { describeOrigin, namePeers } from '../../../usecases/peer-words';
import { formatCount, joinNames } from '../format-date';
import { formatMoment } from '../waves/release-panel';
import { listResponseRates } from '../waves/response-rates';
import type { Fact } from './comparison-facts';
import type { Words } from './words';

const meanDecimals = 1;
const unbreakable = '\u00a0';

/**
 * Tells what a release was made from and what it shows.
 * @param page the method of a release
 * @param words words of the reader's language
 * @returns facts in three groups: the release and its limits, who answered, the figures
 */
export function listMethodFacts(page: MethodPage, words: Words): readonly (readonly Fact[])[] {
  return [listLimits(page, words), listCounts(page, words), listFigures(page, words)];
}

function listLimits({ release, limits, instrument, peers }: MethodPage, words: Words): readonly Fact[] {
  const { policy } = release;
  return [
    {
      term: words.t('method.facts.release'),
      text: words.t('method.facts.release_value', {
        number: release.number,
        time: formatMoment(release.releasedAt, words),
      }),
    },
    { term: words.t('method.facts.edition'), text: words.t(`method.facts.edition.${release.audience}`) },
    {
      term: words.t('method.facts.network'),
      text: words.t(policy.isOpenNetwork ? 'method.facts.open' : 'method.facts.closed'),
    },
    {
      term: words.t('method.facts.k'),
      text: words.t('method.facts.k_value', { count: policy.minimumCellSize }),
    },
    ...(policy.isOpenNetwork
      ? []
      : [
          {
            term: words.t('method.facts.others'),
            text: words.t('method.facts.others_value', {
              organisations: policy.minimumOrganisations,
              share: Math.round(policy.maximumOrganisationShare * 100),
            }),
          },
        ]),
    ...(peers.length === 0 ? [] : [{ term: words.t('method.facts.peers'), text: namePeerGroups(peers, words) }]),
    {
      term: words.t('method.facts.difference'),
      text: words.t('method.facts.difference_value', { points: Math.round(limits.relevantDifference * 100) }),
    },
    {
      term: words.t('method.facts.instrument'),
      text: words.t('method.facts.instrument_value', {
        title: words.pick(instrument.title),
        version: instrument.version,
      }),
    },
    { term: words.t('method.facts.software'), text: release.softwareVersion },
  ];
}

function namePeerGroups(peers: MethodPage['peers'], words: Words): string {
  const { language } = words;
  return peers
    .map((group) =>
      words.t('method.facts.peers_one', {
        name: namePeers(language, group),
        origin: describeOrigin(language, group),
        members: joinNames(
          language,
          group.members.map(({ name }) => name),
        ),
      }),
    )
    .join('. ');
}

function listCounts({ organisations, population, coverage, rates }: MethodPage, words: Words): readonly Fact[] {
  const count = (value: number): string => formatCount(words.language, value);
  return [
    { term: words.t('method.facts.organisations'), text: count(organisations) },
    { term: words.t(`method.facts.frame.${population}`), text: count(coverage.frame) },
    { term: words.t('method.facts.invited'), text: count(coverage.invited) },
    { term: words.t('method.facts.answered'), text: count(coverage.answered) },
    {
      term: words.t('method.facts.rate'),
      text:
        coverage.responseRate === null
          ? words.t('method.facts.rate_none')
          : words.t('method.facts.rate_value', {
              rate: words.t('results.percent', { value: Math.round(coverage.responseRate * 100) }),
              answered: count(coverage.answered),
              eligible: count(coverage.eligible),
            }),
    },
    ...(rates === null
      ? []
      : [
          {
            term: words.t('method.facts.rates'),
            text: listResponseRates(rates, words)
              .map(({ label, text }) => `${label} ${text}`.replaceAll(' ', unbreakable))
              .join(', '),
          },
        ]),
  ];
}

function listFigures(page: MethodPage, words: Words): readonly Fact[] {
  const { figures, coverage, population } = page;
  const count = (value: number): string => formatCount(words.language, value);
  const flagged =
    figures.cautioned === 0
      ? words.t('method.facts.weights_none')
      : words.t('method.facts.weights_some', { flagged: count(figures.cautioned), shown: count(figures.shown) });
  return [
    {
      term: words.t('method.facts.figures'),
      text: words.t('method.facts.figures_value', {
        shown: count(figures.shown),
        coarse: count(figures.coarse),
        hidden: count(figures.hidden),
      }),
    },
    {
      term: words.t('method.facts.weights'),
      text:
        coverage.unitsPerAnswer === null
          ? flagged
          : words.t(`method.facts.weights_value.${population}`, {
              mean: formatMean(coverage.unitsPerAnswer, words),
              flagged,
            }),
    },
    { term: words.t('method.facts.left_out'), text: nameLeftOut(page, words) },
  ];
}

function formatMean(mean: number, { language }: Words): string {
  const text = mean.toFixed(meanDecimals);
  return language === 'en' ? text : text.replace('.', ',');
}

function nameLeftOut({ leftOut, indicatorCount }: MethodPage, words: Words): string {
  if (leftOut.length === 0) return words.t('method.facts.left_out_none');
  const names = leftOut.map(({ name, indicators }) => `${name} (${indicators})`);
  return words.t('method.facts.left_out_value', {
    names: joinNames(words.language, names),
    all: indicatorCount,
  });
}
