import { describe, expect, it } from 'vitest';
import { GrowingMarkdown, parseMarkdown } from './parse-markdown.ts';

const BLOCKS = [
  'A paragraph with **bold**, `code` and [a link](https://example.com).',
  '# A heading',
  '- one\n- two\n\n- three after a blank line\n  - nested',
  '1. first\n2. second',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '```js\nconst a = 1;\n\n# no heading\n```',
  '> a quote\n> goes on',
  '$$\nx^2\n$$',
  'Text with\na second line',
  '---',
  'Title\n=====',
  '<b>markup</b>',
  'It costs $5 and $6, or \\(x+1\\).',
];

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const shape = (text: string) => parseMarkdown(text).map(({ type, raw }) => [type, raw]);

describe('Markdown that grows', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('ends as the whole text is parsed (seed %i)', (seed) => {
    const random = createRandom(seed + 1);
    const text = Array.from({ length: 8 }, () => BLOCKS[Math.floor(random() * BLOCKS.length)]).join('\n\n');
    const growing = new GrowingMarkdown();
    for (let end = 1; end < text.length; end += 1 + Math.floor(random() * 9)) growing.parse(text.slice(0, end));
    const whole = growing.parse(`${text}\n\nEnd`).map(({ type, raw }) => [type, raw]);
    expect(whole).toEqual(shape(`${text}\n\nEnd`));
  });

  it('starts again when the text is another one', () => {
    const growing = new GrowingMarkdown();
    growing.parse('One\n\nTwo\n\nThr');
    expect(growing.parse('Other').map(({ raw }) => raw)).toEqual(['Other']);
  });

  it('closes what is unfinished', () => {
    const [paragraph] = new GrowingMarkdown().parse('This is **bol');
    expect(paragraph?.raw).toBe('This is **bol**');
  });

  it('shows a price as text and a formula as one', () => {
    const types = (text: string) => {
      const [paragraph] = parseMarkdown(text);
      return paragraph && 'tokens' in paragraph ? paragraph.tokens?.map(({ type }) => type) : [];
    };
    expect(types('It costs $5 and $6 today')).toEqual(['text']);
    expect(types('Then $x^2$ holds')).toContain('mathInline');
    expect(types('Then \\(x\\) holds')).toContain('mathInline');
  });
});
