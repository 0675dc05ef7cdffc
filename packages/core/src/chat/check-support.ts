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

interface Doubt extends UnsupportedSentence {
  text: string;
}

/**
 * Sentences of the answer that no source supports. Words first; only the doubtful ones are compared by meaning. A
 * number that stands in no source is never supported.
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
    if (cited.some((n) => words.supports(n, claim))) continue;
    const support = words.bestOverlap(claim);
    if (words.lackNumber(claim) || support < LEXICAL_FLOOR) unsupported.push({ start, end, support });
    else if (support < LEXICAL_SUPPORT) doubtful.push({ start, end, support, text });
  }
  if (doubtful.length > 0) unsupported.push(...(await compareByMeaning(doubtful, sources, embedder, signal)));
  return unsupported.sort((a, b) => a.start - b.start);
}

/** The content words of each source, found when first needed: most sentences are settled by the source that they cite. */
class SourceWords {
  private readonly sources: readonly Source[];
  private readonly known = new Map<number, ReadonlySet<string>>();

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

  private of(source: Source): ReadonlySet<string> {
    const words = this.known.get(source.n) ?? new Set(contentWords(`${source.title} ${source.text}`));
    this.known.set(source.n, words);
    return words;
  }
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
