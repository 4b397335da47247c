import type { UsedBaseline } from '../../../domain/benchmark/list-used-baselines';
import type { MethodPage } from '../../../usecases/coordinator/read-method';
import { formatMoment } from '../waves/release-panel';
import { describeCorrection } from './correction-notice';
import { nameSource } from './baseline-notes';
import type { Fact } from './comparison-facts';
import { listMethodFacts } from './method-facts';
import { listMethodSections, type MethodSection } from './method-sections';
import type { Words } from './words';

/** Published figures of one round and population, in words. */
interface BaselineEntry {
  readonly text: string;
  readonly sources: UsedBaseline['sources'];
}

/** Everything that the method view shows, in words. */
export interface MethodView {
  readonly title: string;
  readonly isDemo: boolean;
  readonly isPublic: boolean;
  readonly notice: string | null;
  /** Why the release corrects the one before it; null otherwise. */
  readonly correction: string | null;
  readonly eyebrow: readonly string[];
  readonly network: string;
  readonly comparison: string;
  readonly facts: readonly (readonly Fact[])[];
  readonly participationNote: string;
  readonly figuresNote: string;
  readonly hashes: readonly { readonly name: string; readonly value: string }[];
  readonly sections: readonly (MethodSection & { readonly baselines: readonly BaselineEntry[] | null })[];
}

/**
 * Turns the method of a release into the words of its page.
 * @param page limits, counts and sources of the release
 * @param words words of the reader's language
 */
export function createMethodView(page: MethodPage, words: Words): MethodView {
  const { wave, network, release, heldBackUntil, limits } = page;
  const { policy } = release;
  const period = wave.period.replace('-', '–');
  const sections = listMethodSections(
    {
      ...limits,
      cellSize: policy.minimumCellSize,
      isOpenNetwork: policy.isOpenNetwork,
      minimumOrganisations: policy.minimumOrganisations,
      minimumWorkplaces: policy.minimumWorkplaces,
      insiders: policy.insiders,
      buildingBlocks: policy.buildingBlocks,
      conservativeIntervals: policy.conservativeIntervals,
      maximumOrganisationShare: policy.maximumOrganisationShare,
    },
    words,
  );
  const baselines = page.baselines.map((used) => describeBaseline(used, words));
  return {
    title: words.t('method.title', { network: network.name, period }),
    isDemo: network.isDemo,
    isPublic: release.audience === 'public',
    notice: heldBackUntil === null ? null : words.t('results.held_back', { time: formatMoment(heldBackUntil, words) }),
    correction: describeCorrection(release, words),
    eyebrow: [words.t('method.name'), period],
    network: network.name,
    comparison: `/runder/${encodeURIComponent(wave.key)}/sammenligning`,
    facts: listMethodFacts(page, words),
    participationNote: words.t('method.facts.participation_note', { count: policy.minimumCellSize }),
    figuresNote: words.t(page.peers.length === 0 ? 'method.facts.figures_note' : 'method.facts.figures_note_peers'),
    hashes: listHashes(page, words),
    sections: sections.map((section) => ({ ...section, baselines: section.id === 'baselines' ? baselines : null })),
  };
}

function listHashes({ release }: MethodPage, words: Words): MethodView['hashes'] {
  return [
    { name: words.t('method.facts.hash.instrument'), value: release.instrumentSha256 },
    { name: words.t('method.facts.hash.input'), value: release.inputSha256 },
    { name: words.t('method.facts.hash.policy'), value: release.policySha256 },
    { name: words.t('method.facts.hash.lattice'), value: release.latticeSha256 },
    { name: words.t('method.facts.hash.baselines'), value: release.baselinesSha256 },
  ];
}

function describeBaseline({ baseline, figure, sources }: UsedBaseline, words: Words): BaselineEntry {
  const title = nameSource({ baseline, figure }, words);
  const population = words.t(`figures.population.${figure.population}`);
  return { text: words.t('method.baselines.item', { title, population }), sources };
}
