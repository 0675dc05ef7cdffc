import { describe, expect, it } from 'vitest';
import { listBlocks, parse } from '../testing/parse.ts';

describe('less common text files', () => {
  it('reads SubStation Alpha subtitles with times and speakers', async () => {
    const file = [
      '[Script Info]',
      'Title: Harbor',
      '[V4+ Styles]',
      'Format: Name, Fontname',
      'Style: Default,Arial',
      '[Events]',
      'Format: Layer, Start, End, Style, Name, Text',
      'Dialogue: 0,0:00:01.50,0:00:03.00,Default,Bob,{\\i1}Hello{\\i0}, world\\Nof 42',
      'Comment: 0,0:00:03.00,0:00:04.00,Default,,not shown',
      'Dialogue: 0,0:01:02.00,0:01:03.25,Default,,Bye',
    ].join('\r\n');
    const document = await parse(file, 'a.txt');
    expect(listBlocks(document, ({ startTime, endTime }) => `${startTime}-${endTime}`)).toEqual([
      '1.5-3: Bob: Hello, world\nof 42',
      '62-63.25: Bye',
    ]);
    expect(document).toMatchObject({ format: 'subtitles', title: 'Harbor', duration: 63.25 });
  });

  it('separates the lines of XML subtitles', async () => {
    const file = '<tt><body><div><p begin="1s">Hello<br/>world</p></div></body></tt>';
    expect((await parse(file, 'a.xml')).text).toBe('Hello\nworld (begin=1s)');
  });

  it('names fields of contacts as the program that wrote them', async () => {
    const card =
      'BEGIN:VCARD\nFN:Ann\nitem1.X-ABDATE:2010-05-06\nitem1.X-ABLabel:_$!<Anniversary>!$_\nitem2.TEL:+1 5\nitem2.X-ABLabel:Boat\nEND:VCARD';
    expect((await parse(card, 'a.vcf')).text).toBe('Ann\n\nAnniversary: 2010-05-06\nPhone (boat): +1 5');
  });

  it('keeps keys of JSON whose value is empty', async () => {
    const { text } = await parse('{"a":[],"b":{},"c":[1,[]],"d":{"e":[{}]}}', 'a.json');
    expect(text.split(/\n+/)).toEqual(['a: []', 'b: {}', 'c: 1', 'c: []', 'd.e: {}']);
  });

  it('counts items of AsciiDoc lists as they are shown', async () => {
    const file = '. one\n.. sub\n.. sub two\n. two\n\nText.\n\n[start=4]\n. four\n. five\n';
    expect((await parse(file, 'a.adoc')).text.split(/\n+/)).toEqual([
      '1. one',
      'a. sub',
      'b. sub two',
      '2. two',
      'Text.',
      '4. four',
      '5. five',
    ]);
  });

  it('raises the letters of SVG texts, and counts comments of XML', async () => {
    const file = '<svg><!-- 4711 --><text>10<tspan baseline-shift="super">3</tspan> l</text></svg>';
    const { text, warnings } = await parse(file, 'a.svg');
    expect(text).toBe('10^3 l');
    expect(warnings).toEqual(['1 comment was left out.']);
  });

  it('reads verbatim text of LaTeX within a line', async () => {
    const file = '\\begin{document}Use \\verb|a_{b}| and \\verb+x+ here.% secret\n\\end{document}';
    const { text, warnings } = await parse(file, 'a.tex');
    expect(text).toBe('Use a_{b} and x here.');
    expect(warnings).toEqual(['Comments were left out.']);
  });
});
