import { readJudgedPassages, toSource } from '@lorebox/testkit/judged-support';
import { createRandom, testSeed } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { AnswerFilter, type AnswerFilterOptions } from './answer-filter.ts';
import { removeRemoteContent } from './remote-content-filter.ts';

const PUMP = toSource('The pump needs oil every 90 days. Operators from Trondheim inspect the valve.', 1);
const LEASE = toSource('The lease begins on 1 March 2024. The tenant pays 1,250 euros per month to the landlord.', 2);
const OPTIONS: AnswerFilterOptions = {
  passages: [PUMP, LEASE],
  allowRemoteContent: false,
  refusalText: 'There is nothing in the documents about that.',
  rules: 'Put the number of the source in square brackets right after each statement that it supports, like this: [1].',
  isMatching: true,
};

function run(text: string, size = 4, options: Partial<AnswerFilterOptions> = {}) {
  const filter = new AnswerFilter({ ...OPTIONS, ...options });
  let answer = '';
  for (let at = 0; at < text.length; at += size) answer += filter.push(text.slice(at, at + size));
  answer += filter.finish();
  const cited = filter.cited.map(({ n, origin, start, end }) => [n, origin, answer.slice(start, end)]);
  return { answer, cited };
}

describe('AnswerFilter', () => {
  it('cites the best passage after each supported sentence without a marker', () => {
    const { answer, cited } = run('The pump needs oil every 90 days. The tenant pays 1250 euros a month.');
    expect(answer).toBe('The pump needs oil every 90 days. [1] The tenant pays 1250 euros a month. [2]');
    expect(cited).toEqual([
      [1, 'matched', 'The pump needs oil every 90 days.'],
      [2, 'matched', 'The tenant pays 1250 euros a month.'],
    ]);
  });

  it.each([
    ['The pump needs oil every 30 days.'],
    ['The landlord pays 1,250 euros per month to the tenant.'],
    ['Penguins breed on Antarctic ice in winter.'],
    ['Does the pump need oil every 90 days?'],
    ['The pump needs oil every 90 days:'],
    ['# The pump needs oil every 90 days'],
    ['```\nThe pump needs oil every 90 days.\n```'],
    ["I don't know whether the pump needs oil every 90 days."],
    ['There is nothing in the documents about that.'],
  ])('adds nothing to %j', (text) => {
    expect(run(text)).toEqual({ answer: text, cited: [] });
  });

  it('keeps the markers of the model', () => {
    const { answer, cited } = run('The pump needs oil every 90 days [1]. The lease begins on March 1, 2024. (2)');
    expect(answer).toBe('The pump needs oil every 90 days [1]. The lease begins on March 1, 2024. [2]');
    expect(cited).toEqual([
      [1, 'model', 'The pump needs oil every 90 days'],
      [2, 'model', 'The lease begins on March 1, 2024.'],
    ]);
  });

  it('replaces a marker whose passage says something else, and drops a wrong extra one', () => {
    expect(run('The pump needs oil every 90 days [2].')).toEqual({
      answer: 'The pump needs oil every 90 days [1].',
      cited: [[1, 'matched', 'The pump needs oil every 90 days']],
    });
    expect(run('The pump needs oil every 90 days [1][2].')).toEqual({
      answer: 'The pump needs oil every 90 days [1].',
      cited: [[1, 'model', 'The pump needs oil every 90 days']],
    });
    expect(run('Penguins breed on Antarctic ice in winter [2].').answer).toContain('[2]');
  });

  it('repeats a matched marker only in the next paragraph', () => {
    const { answer, cited } = run(
      'The pump needs oil every 90 days. Operators from Trondheim inspect the valve.\n\nThe pump needs oil.',
    );
    expect(answer).toBe(
      'The pump needs oil every 90 days. [1] Operators from Trondheim inspect the valve.\n\nThe pump needs oil. [1]',
    );
    expect(cited).toHaveLength(3);
  });

  it('cites list items at the end of their lines, and table rows without a marker', () => {
    expect(run('1. The pump needs oil every 90 days\n2. The tenant pays 1,250 euros per month\n').answer).toBe(
      '1. The pump needs oil every 90 days [1]\n2. The tenant pays 1,250 euros per month [2]\n',
    );
    const row = '| The pump needs oil | every 90 days |\n';
    expect(run(row)).toMatchObject({ answer: row, cited: [[1, 'matched', row.trim()]] });
  });

  it.each([
    ['Sources: [1] Manual, [2] Lease'],
    ['Sources:\n[1] Manual\n[2] Lease'],
    ['## References\n\n1. Manual\n2. Lease'],
    ['**Quellen:**\n- [1] Handbuch\n- [2] Vertrag\n'],
    ['参考资料：\n[1] 手册'],
  ])('removes a list of sources at the end: %j', (list) => {
    expect(run(`Penguins breed on Antarctic ice in winter.\n\n${list}`)).toEqual({
      answer: 'Penguins breed on Antarctic ice in winter.',
      cited: [],
    });
  });

  it('keeps a section about sources that other text follows', () => {
    const text = 'Sources\n\nSpring water comes from the hills nearby.';
    expect(run(text).answer).toBe(text);
  });

  it('counts no marker of a rule that the model repeats', () => {
    expect(run(OPTIONS.rules).cited).toEqual([]);
  });

  it('finds names and numbers in another language', () => {
    const { cited } = run('Der Mieter zahlt dem Vermieter ab dem 1. März 2024 monatlich 1.250 Euro.');
    expect(cited.map(([n, origin]) => [n, origin])).toEqual([[2, 'matched']]);
  });

  it('reads citations of JSON from its strings', () => {
    const json = '{"answer": "The pump needs oil every 90 days.", "list": [1, 2]}';
    const format = { responseFormat: { type: 'json' as const } };
    expect(run(json, 4, format)).toEqual({
      answer: json,
      cited: [[1, 'matched', 'The pump needs oil every 90 days.']],
    });
  });

  it('has offsets into the text without remote content', () => {
    const { cited } = run('See [x](https://evil.example). The <i x> pump needs oil every 90 days.');
    expect(cited).toEqual([[1, 'matched', 'The &lt;i x> pump needs oil every 90 days.']]);
  });

  it('sends a sentence as it comes, except for its end', () => {
    const filter = new AnswerFilter(OPTIONS);
    expect(filter.push('The pump needs oil')).toBe('The pump needs oil');
    expect(filter.push(' every 90 days.')).toBe(' every 90 days');
    expect(filter.push(' The')).toBe('. [1] The');
  });

  it('returns the same however the text is cut, and offsets that contain no marker at their end', () => {
    const random = createRandom(testSeed(21));
    const passages = readJudgedPassages();
    for (let runs = 0; runs < 150; runs += 1) {
      const pick = () => passages[Math.floor(random() * passages.length)] as (typeof passages)[number];
      const [a, b] = [pick(), pick()];
      const sources = [toSource(a.passage, 1), toSource(b.passage, 2)];
      const marks = ['', ' [1]', ' [2]', '[1][2]', ' (1)', ' Source 2'];
      const text = [...a.sentences, ...b.sentences]
        .map(
          ({ text: sentence }) =>
            sentence + marks[Math.floor(random() * marks.length)] + (random() < 0.2 ? '\n\n' : ' '),
        )
        .join('');
      const whole = run(text, text.length, { passages: sources });
      expect(run(text, 1 + Math.floor(random() * 20), { passages: sources })).toEqual(whole);
      for (const [, , sentence] of whole.cited) expect(sentence).not.toMatch(/^\s|\s$|\[\d\]$/);
    }
  });

  it('lets no remote content through, whatever markers are removed or added', () => {
    const random = createRandom(testSeed(22));
    const pieces = [
      '[',
      ']',
      '(',
      ')',
      '<',
      '!',
      '[7]',
      '[1]',
      '【7】',
      '(Source 7)',
      'Source 1',
      'https://evil.example',
      'img src=x',
      '>',
      ' ',
      '\n',
      ':',
      '`',
      'a',
      '. ',
    ];
    for (let runs = 0; runs < 3000; runs += 1) {
      const text = Array.from({ length: 12 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      const { answer } = run(text, 1 + Math.floor(random() * 9));
      expect(removeRemoteContent(answer), JSON.stringify([text, answer])).toBe(answer);
    }
  });
});
