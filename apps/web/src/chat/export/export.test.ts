import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { toDocx } from './to-docx.ts';
import { toMarkdown } from './to-markdown.ts';

const citation = { n: 1, title: 'Hours', page: 3, section: null } as never;
const messages = [
  { role: 'user' as const, text: 'When?\nAnd where?', citations: [] },
  {
    role: 'assistant' as const,
    text: '**Nine** [1].\n\n- a\n- b\n\n| x | y |\n| - | - |\n| 1 & 2 | <b> |',
    citations: [citation],
  },
];

it('Markdown quotes questions and lists sources', () => {
  expect(toMarkdown(messages.slice(0, 1))).toBe('> When?\n> And where?');
  expect(toMarkdown(messages)).toContain('\n\n[1] Hours, p. 3');
});

it('Word documents hold questions, answers, tables and sources, escaped', () => {
  const files = unzipSync(toDocx('Title \u0001 & <x>', messages));
  const document = strFromU8(files['word/document.xml'] ?? new Uint8Array());
  for (const part of [
    'Title  &amp; &lt;x&gt;',
    'When?',
    '<w:b/>',
    'Nine',
    '• ',
    '1 &amp; 2',
    '&lt;b&gt;',
    '[1] Hours, p. 3',
  ])
    expect(document).toContain(part);
  expect(document).not.toContain('\u0001');
});
