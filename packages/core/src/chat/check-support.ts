import type { UnsupportedSentence } from '@lorebox/contract/chat';
import type { Embedder } from '@lorebox/ports/embedder';
import { dotProduct } from '../search/dot-product.ts';
import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Passage } from './passage.ts';

/** Share of a sentence's content words that one passage must contain. */
const LEXICAL_SUPPORT = 0.5;
/** Minimum lexical overlap of a paraphrase, regardless of its vectors. */
const LEXICAL_FLOOR = 0.15;
/** Minimum cosine similarity of a paraphrase. */
const VECTOR_SUPPORT = 0.8;
const MIN_WORDS = 3;
const MARKER = /\[(\d+)\]/g;
const MAX_EMBEDDED = 200;
/** Passages that contain at least this share of the best passage's matches are considered equivalent. */
const NEAR_BEST = 0.8;
const MIN_CLAUSE_WORDS = 2;
/** A part of a sentence that shares less with the passages counts as invented. */
const CLAUSE_FLOOR = 0.34;
const CLAUSE_END = /[,;:()–—]|\s(?:and|but|while|because|und|aber|weil|et|mais|parce|pero|porque)\s/iu;
/** A capitalized word that doesn't start a sentence. */
const NAME = /(?<=[\p{Ll}\p{N},;] )\p{Lu}\p{Ll}{2,}/gu;
const MAX_NAME_SHARE = 0.25;
const NEGATED_WORD = /[\p{L}\p{M}']+/gu;
const NEGATIONS = new Set(
  (
    'not no never none neither nor without cannot nobody nothing nicht kein keine keinen keinem keiner keines nie niemals ohne ' +
    'niemand nichts weder pas jamais aucun aucune sans rien nunca ningún ninguna sin nada tampoco non mai nessun nessuna senza ' +
    'não nenhum nenhuma sem niet geen nooit zonder не нет никогда без'
  ).split(' '),
);

interface Doubt extends UnsupportedSentence {
  text: string;
}

/**
 * Finds sentences of the answer that no passage supports. Words are compared first, and vectors only in doubtful cases.
 * Never supported: a number that no passage contains, a statement that the passages negate, and a part of a sentence
 * that isn't covered at all.
 */
export async function checkSupport(
  answer: string,
  passages: readonly Passage[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<UnsupportedSentence[]> {
  if (passages.length === 0) return [];
  const words = new PassageWords(passages);
  const unsupported: UnsupportedSentence[] = [];
  const doubtful: Doubt[] = [];
  for (const { start, end } of splitSentences(answer)) {
    const sentence = answer.slice(start, end);
    const text = sentence.replace(MARKER, ' ').trim();
    const claim = contentWords(text);
    if (claim.length < MIN_WORDS || text.endsWith(':') || text.endsWith('?')) continue;
    const cited = [...sentence.matchAll(MARKER)].map(([, digits]) => Number(digits));
    const support = words.bestOverlap(claim);
    const isRefuted = words.lackNumber(claim) || words.contradict(text, cited) || words.lackName(text, cited);
    if (isRefuted || support < LEXICAL_FLOOR) {
      unsupported.push({ start, end, support });
      continue;
    }
    const added = words.findAddition(text, cited);
    if (added !== null) doubtful.push({ start, end, support, text: added });
    else if (!cited.some((n) => words.supports(n, claim)) && support < LEXICAL_SUPPORT)
      doubtful.push({ start, end, support, text });
  }
  if (doubtful.length > 0) unsupported.push(...(await compareByMeaning(doubtful, passages, embedder, signal)));
  return unsupported.sort((a, b) => a.start - b.start);
}

/**
 * Content words of each passage, computed on first use, because most sentences only need the passage that they cite.
 */
class PassageWords {
  private readonly passages: readonly Passage[];
  private readonly known = new Map<number, ReadonlySet<string>>();
  private readonly units = new Map<number, Unit[]>();

  constructor(passages: readonly Passage[]) {
    this.passages = passages;
  }

  /** Passage `n` contains enough of the claim's words, and all of its numbers. */
  supports(n: number, claim: readonly string[]): boolean {
    const passage = this.passages.find((candidate) => candidate.n === n);
    if (!passage) return false;
    const words = this.of(passage);
    return overlap(claim, words) >= LEXICAL_SUPPORT && claim.every((word) => !isNumber(word) || words.has(word));
  }

  bestOverlap(claim: readonly string[]): number {
    return Math.max(...this.passages.map((passage) => overlap(claim, this.of(passage))));
  }

  /** The claim has a number that no passage contains. */
  lackNumber(claim: readonly string[]): boolean {
    return claim.some((word) => isNumber(word) && !this.passages.some((passage) => this.of(passage).has(word)));
  }

  /** The matching passages are negated and the sentence isn't, or vice versa. */
  contradict(text: string, cited: readonly number[]): boolean {
    const claim = contentWords(text);
    const units = this.pick(cited).flatMap((passage) => this.unitsOf(passage));
    const scored = units.map((unit) => ({ unit, score: overlap(claim, unit.words) }));
    const top = Math.max(0, ...scored.map(({ score }) => score));
    if (top < LEXICAL_SUPPORT) return false;
    const near = scored.filter(({ score }) => score >= Math.max(LEXICAL_SUPPORT, top * NEAR_BEST));
    return near.every(({ unit }) => unit.isNegated !== isNegated(text));
  }

  /** The sentence has a name that none of its passages contains. Not checked in languages that capitalize all nouns. */
  lackName(text: string, cited: readonly number[]): boolean {
    const names = text.match(NAME) ?? [];
    if (names.length > text.split(' ').length * MAX_NAME_SHARE) return false;
    const known = this.pick(cited).map((passage) => this.of(passage));
    return names.flatMap(contentWords).some((word) => !known.some((words) => words.has(word)));
  }

  /** The first part of the sentence that the passages don't cover; null if they cover all of it. */
  findAddition(text: string, cited: readonly number[]): string | null {
    const known = new Set(this.pick(cited).flatMap((passage) => [...this.of(passage)]));
    for (const clause of text.split(CLAUSE_END)) {
      const words = contentWords(clause);
      if (words.length >= MIN_CLAUSE_WORDS && overlap(words, known) < CLAUSE_FLOOR) return clause.trim();
    }
    return null;
  }

  /** The passages that the sentence cites, or all if it cites none. */
  private pick(cited: readonly number[]): Passage[] {
    const named = this.passages.filter(({ n }) => cited.includes(n));
    return named.length > 0 ? named : [...this.passages];
  }

  private unitsOf(passage: Passage): Unit[] {
    const units =
      this.units.get(passage.n) ??
      splitSentences(passage.text).flatMap(({ start, end }) => {
        const sentence = passage.text.slice(start, end);
        const clauses = sentence.split(CLAUSE_END);
        return (clauses.length > 1 ? [sentence, ...clauses] : [sentence]).map(toUnit);
      });
    this.units.set(passage.n, units);
    return units;
  }

  private of(passage: Passage): ReadonlySet<string> {
    const words = this.known.get(passage.n) ?? new Set(contentWords(`${passage.title} ${passage.text}`));
    this.known.set(passage.n, words);
    return words;
  }
}

/** A sentence or clause of a passage. */
interface Unit {
  words: ReadonlySet<string>;
  isNegated: boolean;
}

const toUnit = (text: string): Unit => ({ words: new Set(contentWords(text)), isNegated: isNegated(text) });

function isNegated(text: string): boolean {
  const words = text.toLowerCase().replaceAll('’', "'").match(NEGATED_WORD) ?? [];
  return words.some((word) => word.endsWith("n't") || NEGATIONS.has(word));
}

const isNumber = (word: string) => /^\d+$/.test(word);

async function compareByMeaning(
  doubtful: readonly Doubt[],
  passages: readonly Passage[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<UnsupportedSentence[]> {
  const sentences = passages
    .flatMap(({ text }) => splitSentences(text).map(({ start, end }) => text.slice(start, end)))
    .slice(0, MAX_EMBEDDED);
  const vectors = await embedder.embed([...doubtful.map(({ text }) => text), ...sentences], 'passage', signal);
  const known = vectors.slice(doubtful.length);
  return doubtful.flatMap(({ start, end, support }, i) => {
    const vector = vectors[i];
    const nearest = vector ? Math.max(0, ...known.map((other) => dotProduct(vector, other))) : 0;
    return nearest >= VECTOR_SUPPORT ? [] : [{ start, end, support }];
  });
}
