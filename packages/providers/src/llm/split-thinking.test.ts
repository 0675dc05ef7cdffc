import { createRandom, testSeed } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { opensThought } from './opens-thought.ts';
import { ThinkingSplitter } from './split-thinking.ts';

/** Splits like PartBlocks: after `text-was-reasoning`, the text so far is reasoning. */
function split(deltas: readonly string[], { opensThought = false, isComplete = true } = {}) {
  const splitter = new ThinkingSplitter({ opensThought });
  const result = { text: '', reasoning: '' };
  for (const piece of [...deltas.flatMap((delta) => splitter.push(delta)), ...splitter.flush(isComplete)]) {
    if (piece.kind === 'text-was-reasoning') Object.assign(result, { reasoning: result.text, text: '' });
    else result[piece.kind] += piece.delta;
  }
  return { ...result, isTemplateOpen: splitter.isTemplateOpen };
}

const asText = (text: string) => ({ text, reasoning: '', isTemplateOpen: null });

it('finds tags that are split across deltas', () => {
  const whole = '<think>\nI weigh <b> and </b>.</think>\n\nIt is 5 < 6 & </think> stays.';
  const expected = { reasoning: 'I weigh <b> and </b>.', text: 'It is 5 < 6 & </think> stays.', isTemplateOpen: null };
  expect(split([...whole])).toEqual(expected);
  for (let at = 0; at <= whole.length; at += 1) expect(split([whole.slice(0, at), whole.slice(at)])).toEqual(expected);
});

it.each([
  ['<think>a</think>b'],
  ['<Think>a</Think>b'],
  ['<THINKING>a</thinking >b'],
  ['<thought>a</thought>b'],
  ['<reasoning>a</reasoning>b'],
  ['  <think type="deep" budget=5>a</think>\nb'],
  ['<thought\n>a</Thought>b'],
])('understands %s', (answer) => {
  expect(split([...answer])).toMatchObject({ reasoning: 'a', text: 'b' });
});

it.each([
  'Plain.',
  '<table>',
  '<thi',
  '<thinker>x</thinker>',
  'Say <think>x</think>.',
  'Say <think>x\n</think>\nand more',
  'Close it with `</think>`\nthen go on.',
  'A </think> tag within a line',
  ' leading',
  '<',
  'a < b </',
  '',
])('leaves text unchanged: %s', (text) => {
  expect(split([...text])).toEqual(asText(text));
});

it('an answer that ends while thinking has no text', () => {
  const expected = { text: '', reasoning: 'one two</thi', isTemplateOpen: null };
  expect(split(['<think>one', ' two</thi'])).toEqual(expected);
});

it('leaves tags to a server that separates reasoning, and keeps what was held back', () => {
  const splitter = new ThinkingSplitter({ opensThought: true });
  expect(splitter.push('\n')).toEqual([]);
  splitter.expectText();
  expect(splitter.push('<think> is a tag')).toEqual([{ kind: 'text', delta: '\n<think> is a tag' }]);
  expect(splitter.flush(true)).toEqual([]);
});

describe('a template that opens the tag', () => {
  const answer = 'First, I look.\nThen I see.\n</think>\n\nIt is green.';
  const expected = { reasoning: 'First, I look.\nThen I see.\n', isTemplateOpen: true };

  it('turns the text before the closing tag into reasoning, and reports it for the next answer', () => {
    expect(split([...answer])).toEqual({ ...expected, text: '\n\nIt is green.' });
    expect(split([answer])).toEqual({ ...expected, text: '\n\nIt is green.' });
    expect(split(['Only a thought.</think>'])).toMatchObject({ reasoning: 'Only a thought.', text: '' });
  });

  it('starts with reasoning if it is known', () => {
    expect(split([...answer], { opensThought: true })).toEqual({ ...expected, text: 'It is green.' });
    expect(split([...`<think>${answer}`], { opensThought: true })).toMatchObject({ text: 'It is green.' });
  });

  it('returns the text again if the model answered without thinking', () => {
    const whole = { opensThought: true, isComplete: true };
    expect(split(['It is', ' green.'], whole)).toMatchObject({ text: 'It is green.', isTemplateOpen: false });
    expect(split(['It is', ' green.'], { ...whole, isComplete: false })).toMatchObject({ text: '' });
  });

  it.each([
    ["{% if add_generation_prompt %}{{'<｜Assistant｜><think>\\n'}}{% endif %}", true],
    ['{{ .System }}<|user|>{{ .Prompt }}<|assistant|><think>\n', true],
    ["{% if add_generation_prompt %}{% if not enable_thinking %}{{'<think></think>'}}{% endif %}{% endif %}", false],
    ["{{ content.split('</think>') }}{% if add_generation_prompt %}{{'<|im_start|>assistant'}}{% endif %}", false],
  ])('is recognized: %s', (template, isOpen) => {
    expect(opensThought(template)).toBe(isOpen);
  });
});

it('never loses text, however the answer is split', () => {
  const random = createRandom(testSeed(11));
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  const pieces = ['<think>', '</think>', '</think>\n', '<', '</', 'thought>', '<b>', ' ', '\n', 'word', '`', 'a < b'];
  const letters = (text: string) => text.replace(/think|thought/g, '').replace(/[^a-z`]/g, '');
  for (let run = 0; run < 3000; run += 1) {
    const whole = Array.from({ length: 1 + Math.floor(random() * 10) }, () => pick(pieces)).join('');
    const options = { opensThought: random() < 0.3, isComplete: false };
    const deltas: string[] = [];
    for (let at = 0; at < whole.length; ) {
      const length = 1 + Math.floor(random() * 6);
      deltas.push(whole.slice(at, at + length));
      at += length;
    }
    const result = split(deltas, options);
    expect(result, whole).toEqual(split([whole], options));
    expect(letters(result.reasoning + result.text), whole).toBe(letters(whole));
  }
});
