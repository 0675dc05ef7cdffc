import { describe, expect, it } from 'vitest';
import { parseBlocks } from './blocks.ts';
import { type Inline, parseInline, safeHref } from './inline.ts';

const textOf = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (part.type === 'break') return '\n';
      if (part.type === 'cite') return `<${part.numbers.join(' ')}>`;
      return 'children' in part ? `<${part.type} ${textOf(part.children)}>` : part.text;
    })
    .join('');

it.each([
  ['It is **40 m** high [1].', 'It is <strong 40 m> high <1>.'],
  ['*one* and _two_', '<em one> and <em two>'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['[1, 2][3]', '<1 2><3>'],
  ['[a](https://example.com)', '<link a>'],
  ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ['![a](https://example.com/x.png)', '!<link a>'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['`**code**`', '**code**'],
  ['\\*text\\*', '*text*'],
  ['**unfinished', '**unfinished'],
  ['one\ntwo', 'one\ntwo'],
])('reads %j', (line, expected) => {
  expect(textOf(parseInline(line))).toBe(expected);
});

it.each([
  ['https://example.com/a', 'https://example.com/a'],
  [' JaVaScRiPt:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['data:text/html,x', null],
  ['/relative', null],
  ['mailto:a@example.com', 'mailto:a@example.com'],
])('checks the address %j', (href, expected) => {
  expect(safeHref(href)).toBe(expected);
});

describe('blocks', () => {
  it('reads paragraphs, headings, lists, code, quotes, tables and rules', () => {
    const source =
      '# Title\n\nText\nmore\n\n- a\n  - b\n- c\n\n3. x\n4. y\n\n```js\n<b>\n```\n> quote\n\n|a|b|\n|-|-|\n|1|2|\n\n---';
    const blocks = parseBlocks(source);
    expect(blocks.map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'list',
      'list',
      'code',
      'quote',
      'table',
      'rule',
    ]);
    expect(blocks[2]).toMatchObject({ isOrdered: false, items: [[{}, { type: 'list' }], [{}]] });
    expect(blocks[3]).toMatchObject({ isOrdered: true, start: 3, items: [[{}], [{}]] });
    expect(blocks[4]).toEqual({ type: 'code', text: '<b>' });
  });

  it('reads every beginning of a text', () => {
    const source = '**a** `b` [c](https://d.example) [1]\n- x\n```\ny';
    for (let length = 0; length <= source.length; length += 1)
      expect(() => parseBlocks(source.slice(0, length))).not.toThrow();
  });

  it.each(['*', '[', '**', '`', '> ', '- ', '|', '_a', '[](', '# ', '\\', '  - '])('reads 100,000 times %j', (part) => {
    parseBlocks(part.repeat(100_000 / part.length));
  });
});
