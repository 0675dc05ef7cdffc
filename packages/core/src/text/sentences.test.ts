import { describe, expect, it } from 'vitest';
import { splitSentences } from './sentences.ts';

const split = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it('splits at the ends of sentences and keeps markers with their sentence', () => {
    expect(split('It rains [1]. We stay in. [2] Really?')).toEqual(['It rains [1].', 'We stay in. [2]', 'Really?']);
  });
  it('does not split at abbreviations and numbers', () => {
    expect(split('See Fig. 3 by Dr. Smith, e.g. at 3.5 km. Then go on.')).toEqual([
      'See Fig. 3 by Dr. Smith, e.g. at 3.5 km.',
      'Then go on.',
    ]);
  });
  it('supports other scripts', () => {
    expect(split('第一句。第二句！第三句')).toEqual(['第一句。', '第二句！', '第三句']);
    expect(split('هل هذا صحيح؟ نعم.')).toEqual(['هل هذا صحيح؟', 'نعم.']);
  });
  it('treats blank lines and list items as ends', () => {
    expect(split('Title\n\nBody text\n- one\n- two')).toEqual(['Title', 'Body text', '- one', '- two']);
  });
});
