import { describe, expect, it } from 'vitest';
import { RemoteContentFilter } from './remote-content-filter.ts';

function filter(text: string, size: number): string {
  const content = new RemoteContentFilter();
  let out = '';
  for (let i = 0; i < text.length; i += size) out += content.push(text.slice(i, i + size));
  return out + content.finish();
}

const CASES: [string, string][] = [
  ['![x](https://evil.example/?q=1)', '![x] (https://evil.example/?q=1)'],
  ['See [the page](https://a.example) now.', 'See [the page] (https://a.example) now.'],
  [
    '[x](javascript:alert(1)) ![y](data:image/png;base64,AA)',
    '[x] (javascript:alert(1)) ![y] (data:image/png;base64,AA)',
  ],
  ['![x][1]\n\n[1]: https://evil.example', '![x][1]\n\n[1] : https://evil.example'],
  ['[a\nb]: /x', '[a\nb] : /x'],
  ['<img src="https://evil.example">', '&lt;img src="https://evil.example">'],
  ['a <IMG/src=x> <a href=x>y</a> z', 'a &lt;IMG/src=x> &lt;a href=x>y</a> z'],
  ['<script>x</script>', '&lt;script>x&lt;/script>'],
  ['<div>\n```\n<img src=x>\n', '&lt;div>\n```\n<img src=x>\n'],
  ['- <p>\n', '- &lt;p>\n'],
  ['<!-- x --> <?x?>', '&lt;!-- x --> &lt;?x?>'],
  ['<https://a.example> <javascript:alert(1)>', '<https://a.example> &lt;javascript:alert(1)>'],
  ['a < b, List<String>, x<1 and <b>bold</b>', 'a < b, List<String>, x<1 and <b>bold</b>'],
  ['```html\n<img src="x"> [a](b)\n```\n<img src="x">', '```html\n<img src="x"> [a](b)\n```\n&lt;img src="x">'],
  ['```\n```\r<img src=x>', '```\n```\r&lt;img src=x>'],
  ['- a\n  ```\n<img src=x>', '- a\n  ```\n&lt;img src=x>'],
  ['``` a ` b\n<img src=x>', '``` a ` b\n&lt;img src=x>'],
  ['$$\n```\n$$\n<img src=x>', '$$\n```\n$$\n&lt;img src=x>'],
  ['~~~\n[a](b)\n~~~~\n[a](b)', '~~~\n[a](b)\n~~~~\n[a] (b)'],
  ['Cited [1] and [2].', 'Cited [1] and [2].'],
  ['ends with ]', 'ends with ]'],
  ['ends with <im', 'ends with &lt;im'],
  ['', ''],
];

describe('RemoteContentFilter', () => {
  for (const size of [1, 2, 3, 5, 100]) {
    it.each(CASES)(
      `removes everything that would be fetched or followed, in pieces of ${size}: %j`,
      (text, expected) => {
        expect(filter(text, size)).toBe(expected);
      },
    );
  }

  it('holds back no more than the start of a tag', () => {
    const content = new RemoteContentFilter();
    expect(content.push('plain text ')).toBe('plain text ');
    expect(content.push(`<${'x'.repeat(100)}`)).toBe(`&lt;${'x'.repeat(100)}`);
    expect(content.push('a]')).toBe('a');
    expect(content.push('b')).toBe(']b');
  });
});
