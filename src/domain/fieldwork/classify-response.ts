import { classifyCompleteness } from '../statistics/response-rates';
import type { Answers, CompiledInstrument } from '../instrument/types';

/**
 * Tells whether a response that was sent is complete or partial. Core items are all questions that its answers lead to
 * but those answered in free text. What was sent is never a break-off, however little it holds, for the figures use what
 * there is: below the limit of a partial response it still counts as partial.
 * @param instrument the compiled instrument
 * @param answers clean answers
 * @returns I or P
 */
export function classifyResponse(instrument: CompiledInstrument, answers: Answers): 'I' | 'P' {
  const { visible } = instrument.checkResponse(answers, { required: false });
  const core = coreItemsOf(instrument);
  const applicable = visible.filter((name) => core.has(name));
  if (applicable.length === 0) return 'I';
  const answered = applicable.filter((name) => Object.hasOwn(answers, name)).length;
  return classifyCompleteness(answered, applicable.length) === 'I' ? 'I' : 'P';
}

const known = new WeakMap<CompiledInstrument, ReadonlySet<string>>();

function coreItemsOf(instrument: CompiledInstrument): ReadonlySet<string> {
  const core =
    known.get(instrument) ??
    new Set(instrument.codebook.variables.filter(({ type }) => type !== 'text').map(({ name }) => name));
  known.set(instrument, core);
  return core;
}
