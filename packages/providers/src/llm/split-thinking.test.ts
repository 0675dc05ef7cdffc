import { expect, it } from 'vitest';
import { ThinkingSplitter } from './split-thinking.ts';

function split(deltas: readonly string[]): { text: string; reasoning: string } {
  const splitter = new ThinkingSplitter();
  const pieces = [...deltas.flatMap((delta) => splitter.push(delta)), ...splitter.flush()];
  const join = (kind: 'text' | 'reasoning') => pieces.map((piece) => (piece.kind === kind ? piece.delta : '')).join('');
  return { text: join('text'), reasoning: join('reasoning') };
}

it('finds tags that are split across deltas', () => {
  const whole = '<think>\nI weigh <b> and </b>.</think>\n\nIt is 5 < 6 & </think> stays.';
  const expected = { reasoning: 'I weigh <b> and </b>.', text: 'It is 5 < 6 & </think> stays.' };
  expect(split([...whole])).toEqual(expected);
  for (let at = 0; at <= whole.length; at += 1) expect(split([whole.slice(0, at), whole.slice(at)])).toEqual(expected);
});

it.each(['Plain.', '<table>', '<thi', 'Say <think>x</think>.', ' leading', '<', ''])(
  'leaves text unchanged: %s',
  (text) => {
    expect(split([...text])).toEqual({ text, reasoning: '' });
  },
);

it('an answer that ends while thinking has no text', () => {
  expect(split(['<think>one', ' two</thi'])).toEqual({ text: '', reasoning: 'one two</thi' });
});
