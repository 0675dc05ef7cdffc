import type { Source, UnsupportedSentence } from '@lorebox/contract/chat';
import type { Embedder } from '@lorebox/ports/embedder';
import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';

/** Share of a sentence's content words that one source must hold. */
const LEXICAL_SUPPORT = 0.5;
/** Below this a paraphrase is not believed whatever the vectors say. */
const LEXICAL_FLOOR = 0.15;
/** Cosine similarity from which a sentence counts as a paraphrase of a source sentence. */
const VECTOR_SUPPORT = 0.8;
const MIN_WORDS = 3;
const MARKER = /\[(\d+)\]/g;
const MAX_EMBEDDED = 200;
/** Passages that hold nearly as much of a sentence as the best one say the same. */
const NEAR_BEST = 0.8;
const MIN_CLAUSE_WORDS = 2;
/** A part of a sentence that shares less with the sources than this was added to them. */
const CLAUSE_FLOOR = 0.34;
const CLAUSE_END = /[,;:()–—]|\s(?:and|but|while|because|und|aber|weil|et|mais|parce|pero|porque)\s/iu;
/** A word in capitals after one that ends no sentence. */
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
 * Sentences of the answer that no source supports. Words first; only the doubtful ones are compared by meaning. A
 * number that stands in no source is never supported, nor is what the sources say with a "not" more or less, and a part of a
 * sentence that they have nothing of has to be supported by itself.
 */
export async function checkSupport(
  answer: string,
  sources: readonly Source[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<UnsupportedSentence[]> {
  if (sources.length === 0) return [];
  const words = new SourceWords(sources);
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
  if (doubtful.length > 0) unsupported.push(...(await compareByMeaning(doubtful, sources, embedder, signal)));
  return unsupported.sort((a, b) => a.start - b.start);
}

/** The content words of each source, found when first needed: most sentences are settled by the source that they cite. */
class SourceWords {
  private readonly sources: readonly Source[];
  private readonly known = new Map<number, ReadonlySet<string>>();
  private readonly units = new Map<number, Unit[]>();

  constructor(sources: readonly Source[]) {
    this.sources = sources;
  }

  /** Source `n` holds enough of the claim's words, and all of its numbers. */
  supports(n: number, claim: readonly string[]): boolean {
    const source = this.sources.find((candidate) => candidate.n === n);
    if (!source) return false;
    const words = this.of(source);
    return overlap(claim, words) >= LEXICAL_SUPPORT && claim.every((word) => !isNumber(word) || words.has(word));
  }

  bestOverlap(claim: readonly string[]): number {
    return Math.max(...this.sources.map((source) => overlap(claim, this.of(source))));
  }

  /** The claim has a number that stands in no source. */
  lackNumber(claim: readonly string[]): boolean {
    return claim.some((word) => isNumber(word) && !this.sources.some((source) => this.of(source).has(word)));
  }

  /** The passages that say the same do so with "not" where the sentence has none, or the other way round. */
  contradict(text: string, cited: readonly number[]): boolean {
    const claim = contentWords(text);
    const units = this.pick(cited).flatMap((source) => this.unitsOf(source));
    const scored = units.map((unit) => ({ unit, score: overlap(claim, unit.words) }));
    const top = Math.max(0, ...scored.map(({ score }) => score));
    if (top < LEXICAL_SUPPORT) return false;
    const near = scored.filter(({ score }) => score >= Math.max(LEXICAL_SUPPORT, top * NEAR_BEST));
    return near.every(({ unit }) => unit.isNegated !== isNegated(text));
  }

  /** A name within the sentence that stands in none of its sources. Where every noun is written large, none is looked for. */
  lackName(text: string, cited: readonly number[]): boolean {
    const names = text.match(NAME) ?? [];
    if (names.length > text.split(' ').length * MAX_NAME_SHARE) return false;
    const known = this.pick(cited).map((source) => this.of(source));
    return names.flatMap(contentWords).some((word) => !known.some((words) => words.has(word)));
  }

  /** The first part of the sentence that the sources have nothing of; null when they have something of each. */
  findAddition(text: string, cited: readonly number[]): string | null {
    const known = new Set(this.pick(cited).flatMap((source) => [...this.of(source)]));
    for (const clause of text.split(CLAUSE_END)) {
      const words = contentWords(clause);
      if (words.length >= MIN_CLAUSE_WORDS && overlap(words, known) < CLAUSE_FLOOR) return clause.trim();
    }
    return null;
  }

  /** Those that the sentence cites; all when it cites none. */
  private pick(cited: readonly number[]): Source[] {
    const named = this.sources.filter(({ n }) => cited.includes(n));
    return named.length > 0 ? named : [...this.sources];
  }

  private unitsOf(source: Source): Unit[] {
    const units =
      this.units.get(source.n) ??
      splitSentences(source.text).flatMap(({ start, end }) => {
        const sentence = source.text.slice(start, end);
        const clauses = sentence.split(CLAUSE_END);
        return (clauses.length > 1 ? [sentence, ...clauses] : [sentence]).map(toUnit);
      });
    this.units.set(source.n, units);
    return units;
  }

  private of(source: Source): ReadonlySet<string> {
    const words = this.known.get(source.n) ?? new Set(contentWords(`${source.title} ${source.text}`));
    this.known.set(source.n, words);
    return words;
  }
}

/** A sentence of a source, or a clause of one. */
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
  sources: readonly Source[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<UnsupportedSentence[]> {
  const sentences = sources
    .flatMap(({ text }) => splitSentences(text).map(({ start, end }) => text.slice(start, end)))
    .slice(0, MAX_EMBEDDED);
  const vectors = await embedder.embed([...doubtful.map(({ text }) => text), ...sentences], 'passage', signal);
  const known = vectors.slice(doubtful.length);
  return doubtful.flatMap(({ start, end, support }, i) => {
    const vector = vectors[i];
    const nearest = vector ? Math.max(0, ...known.map((other) => dot(vector, other))) : 0;
    return nearest >= VECTOR_SUPPORT ? [] : [{ start, end, support }];
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
