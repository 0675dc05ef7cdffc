import { createRandom, createVocabulary } from './words.ts';

const VOCABULARY_SIZE = 20_000;
const TOPICS = 200;
const WORDS_PER_TOPIC = 80;
const TOPIC_SHARE = 0.3;
/** Topics use words that are neither on every page nor on only one. */
const FIRST_TOPIC_WORD = 250;

/**
 * Generates prose with the word statistics of real text (Zipf) about one of 200 topics. Everything is derived from the
 * seed.
 */
export class TextGenerator {
  private readonly random: () => number;
  private readonly vocabulary = createVocabulary(VOCABULARY_SIZE);
  private readonly topics: readonly (readonly string[])[];

  constructor(seed: number) {
    this.random = createRandom(seed);
    const random = createRandom(7);
    const at = () => FIRST_TOPIC_WORD + Math.floor(random() * (VOCABULARY_SIZE - FIRST_TOPIC_WORD));
    this.topics = Array.from({ length: TOPICS }, () =>
      Array.from({ length: WORDS_PER_TOPIC }, () => this.vocabulary[at()] ?? ''),
    );
  }

  /** Returns sentences of 6 to 22 words in paragraphs of about 80 words. */
  text(words: number, topic = this.below(TOPICS)): string {
    const paragraphs: string[] = [];
    let sentences: string[] = [];
    let inParagraph = 0;
    for (let left = words; left > 0; ) {
      const length = Math.min(left, 6 + this.below(17));
      const sentence = Array.from({ length }, () => this.word(topic)).join(' ');
      sentences.push(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
      left -= length;
      inParagraph += length;
      if (inParagraph < 80 && left > 0) continue;
      paragraphs.push(sentences.join(' '));
      [sentences, inParagraph] = [[], 0];
    }
    return paragraphs.join('\n\n');
  }

  /** Returns a typical query: some words of a topic and some common words. */
  query(): string {
    const topic = this.below(TOPICS);
    return Array.from({ length: 4 + this.below(5) }, (_, i) =>
      i % 2 === 0 ? this.topicWord(topic) : this.zipf(),
    ).join(' ');
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private word(topic: number): string {
    return this.random() < TOPIC_SHARE ? this.topicWord(topic) : this.zipf();
  }

  private topicWord(topic: number): string {
    const words = this.topics[topic] ?? [];
    return words[Math.floor(this.random() ** 2 * words.length)] ?? '';
  }

  /** Returns rank r with a probability of about 1/r. */
  private zipf(): string {
    return this.vocabulary[Math.floor(VOCABULARY_SIZE ** this.random()) - 1] ?? 'the';
  }
}
