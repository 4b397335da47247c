import type { IndicatorCondition } from './codebook';
import type { Answer, Answers } from './types';

/** A condition that is asked of clean answers. */
export type AnswerCondition = (answers: Answers) => boolean;

const bitsPerWord = 31;

/** Where the codes of one variable that any condition asks for stand: a word and a bit within it. */
interface CodedVariable {
  readonly name: string;
  readonly places: ReadonlyMap<Answer, { readonly word: number; readonly bit: number }>;
}

interface Mask {
  readonly word: number;
  readonly bits: number;
}

function placeCodes(conditions: readonly IndicatorCondition[]): readonly CodedVariable[] {
  const codes = new Map<string, Set<Answer>>();
  for (const { variable, in: asked } of conditions) {
    const known = codes.get(variable) ?? new Set();
    codes.set(variable, known);
    for (const code of asked) known.add(code);
  }
  let next = 0;
  return [...codes].map(([name, asked]) => {
    const first = next;
    next += asked.size;
    const place = (at: number) => ({ word: Math.floor(at / bitsPerWord), bit: 1 << (at % bitsPerWord) });
    return { name, places: new Map([...asked].map((code, index) => [code, place(first + index)])) };
  });
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/**
 * Compiles conditions on codes, so that each response is read once and each condition is then a comparison of bits.
 * @param conditions every condition that will be compiled
 * @returns a compiler; what it makes may be called for many responses, and is fastest for all conditions of one response
 *   before the next
 */
export function createConditionCompiler(
  conditions: readonly IndicatorCondition[],
): (condition: IndicatorCondition) => AnswerCondition {
  const variables = placeCodes(conditions);
  const places = new Map(variables.map(({ name, places: own }) => [name, own]));
  const count = variables.reduce((total, variable) => total + variable.places.size, 0);
  const words = new Int32Array(Math.ceil(count / bitsPerWord));
  let read: Answers | null = null;
  const readAnswers = (answers: Answers): void => {
    if (answers === read) return;
    read = answers;
    words.fill(0);
    for (const variable of variables) {
      const answer = Object.hasOwn(answers, variable.name) ? answers[variable.name] : undefined;
      if (answer === undefined) continue;
      for (const code of typeof answer === 'object' ? answer : [answer]) {
        const place = variable.places.get(code);
        if (place !== undefined) words[place.word] = (words[place.word] ?? 0) | place.bit;
      }
    }
  };
  return ({ variable, in: asked, atLeast = 1 }) => {
    const masks = combine(asked.flatMap((code) => places.get(variable)?.get(code) ?? []));
    const [only] = masks;
    return (answers) => {
      readAnswers(answers);
      if (masks.length === 1 && only !== undefined && atLeast === 1) return ((words[only.word] ?? 0) & only.bits) !== 0;
      return masks.reduce((ticked, { word, bits }) => ticked + countBits((words[word] ?? 0) & bits), 0) >= atLeast;
    };
  };
}

function combine(places: readonly { readonly word: number; readonly bit: number }[]): readonly Mask[] {
  const words = new Map<number, number>();
  for (const { word, bit } of places) words.set(word, (words.get(word) ?? 0) | bit);
  return [...words].map(([word, bits]) => ({ word, bits }));
}
