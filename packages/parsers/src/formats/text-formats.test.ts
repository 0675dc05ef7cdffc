import { describe, expect, it } from 'vitest';
import { listBlocks, parse } from '../testing/parse.ts';

describe('plain text and code', () => {
  it('splits paragraphs at empty lines and form feeds', async () => {
    const document = await parse('one\r\nstill one\r\n \r\ntwo\fthree', 'a.txt');
    expect(listBlocks(document)).toEqual(['paragraph: one\nstill one', 'paragraph: two', 'paragraph: three']);
    expect(document.text).toBe('one\nstill one\n\ntwo\n\nthree');
  });

  it('keeps code verbatim and splits it at top-level definitions', async () => {
    const code = 'import os\n\ndef a():\n\tx = 1\n\n\treturn x\n\ndef b():\n    pass\n';
    const document = await parse(code, 'tool.py');
    expect(listBlocks(document)).toEqual([
      'code: import os',
      'code: def a():\n\tx = 1\n\n\treturn x',
      'code: def b():\n    pass',
    ]);
    expect(document).toMatchObject({ format: 'code', metadata: { language: 'python' } });
    expect(await parse('#!/bin/sh\necho hi\n', 'run')).toMatchObject({ metadata: { language: 'shell' } });
  });
});

describe('markdown', () => {
  it('reads front matter, headings, lists, tables, quotes and fences', async () => {
    const text =
      '---\ntitle: "Guide"\ntags:\n  - a\n  - b\n---\n# Top #\nSome\ntext\n\n- one\n- two\n\n| A | B |\n|---|---|\n| 1 | x \\| y |\n\n> said\n> so\n\n```js\nconst a = 1;\n\n# no heading\n```\nUnder\n-----\n';
    const document = await parse(text, 'x.md');
    expect(listBlocks(document, (block) => block.kind + (block.level ?? '')).slice(1)).toEqual([
      'heading1: Top',
      'paragraph: Some\ntext',
      'list-item: - one',
      'list-item: - two',
      'table-row: A | B',
      'table-row: 1 | x|y',
      'quote: said\nso',
      'code: const a = 1;\n\n# no heading',
      'heading2: Under',
    ]);
    expect(document).toMatchObject({ title: 'Guide', metadata: { tags: 'a, b' } });
  });

  it('keeps every cell, nested items and content that is nested too deeply', async () => {
    const text =
      '> | A |\n> |---|\n> | 1 | x \\| y |\n\n- | B | C |\n  |---|---|\n  | 2 | 3 |\n\n1. one\n   - inner\n     goes on\n\n   more\n\n<div>\n## Inside\n</div>\n\n    x = 1\n';
    expect(listBlocks(await parse(text, 'x.md'))).toEqual([
      'table-row: A',
      'table-row: 1 | x|y',
      'table-row: B | C',
      'table-row: 2 | 3',
      'list-item: 1. one',
      'list-item: - inner\ngoes on',
      'paragraph: more',
      'paragraph: <div>',
      'heading: Inside',
      'paragraph: </div>',
      'code: x = 1',
    ]);
    expect((await parse(`${'> '.repeat(200)}deep\n\n# Top`, 'x.md')).text).toContain('deep');
  });

  it('reads lines of nothing but marks in linear time', async () => {
    const { text } = await parse(
      `x\n${'#'.repeat(50_000)} a\n${'- '.repeat(50_000)}\n${'|'.repeat(50_000)}\n|-|\n${'['.repeat(50_000)}`,
      'x.md',
    );
    expect(text).toContain('[[[');
  });
});

/** Cells that are stored differently. */
const JOINED: Record<string, string> = { '\t': 'said "hi" and left', '|': 'said "hi" and|left' };

describe('csv', () => {
  it.each([
    [',', 'a.csv'],
    [';', 'a.csv'],
    ['\t', 'a.tsv'],
    ['|', 'a.csv'],
  ])('finds the delimiter %j and respects quotes', async (delimiter, name) => {
    const rows = [
      ['Name', 'Note', 'Sum'],
      ['Ann', `"said ""hi""\nand ${delimiter} left"`, '1'],
      ['Bob', '', '2'],
    ];
    const document = await parse(rows.map((row) => row.join(delimiter)).join('\r\n'), name);
    expect(listBlocks(document)).toEqual([
      'table-row: Name | Note | Sum',
      `table-row: Ann | ${JOINED[delimiter] ?? `said "hi" and ${delimiter} left`} | 1`,
      'table-row: Bob | | 2',
    ]);
    expect(document.text.split('\n')).toHaveLength(3);
  });

  it.each([
    ['a,b\n"open,1\nc,2\n', ['a | b', '"open | 1', 'c | 2']],
    ['a,b\n"6" pipe,1\n"c",2\n', ['a | b', '"6" pipe | 1', 'c | 2']],
    ['a,b\r"c, d" ,2\rx, "y, z"', ['a | b', 'c, d | 2', 'x | y, z']],
    ['a\tb\tc\n1\t\t "3"\n', ['a | b | c', '1 | | "3"']],
  ])('does not let the quotes in %j swallow the text after them', async (text, rows) => {
    const document = await parse(text, text.includes('\t') ? 'a.tsv' : 'a.csv');
    expect(listBlocks(document)).toEqual(rows.map((row) => `table-row: ${row}`));
  });
});

describe('json', () => {
  it('shows paths, one block per item', async () => {
    const document = await parse(
      '[{"id":1,"name":"Ann","tags":["x","y"],"at":{"city":"Ulm"}},{"id":2,"note":"a\\u00e9\\n\\"b\\""}]',
      'a.json',
    );
    expect(listBlocks(document)).toEqual([
      'paragraph: id: 1\nname: Ann\ntags: x, y\nat.city: Ulm',
      'paragraph: id: 2\nnote: aé\n"b"',
    ]);
  });

  it('reads NDJSON line by line, and invalid JSON as text with a warning', async () => {
    expect(listBlocks(await parse('{"a":1}\n{"a":2}\n', 'x.ndjson'))).toEqual(['paragraph: a: 1', 'paragraph: a: 2']);
    const broken = await parse('{"a": oops}', 'x.json');
    expect(broken.text).toBe('{"a": oops}');
    expect(broken.warnings).toHaveLength(1);
  });

  it('does not overflow the stack on deep nesting or long strings', async () => {
    const deep = await parse(`${'['.repeat(200_000)}"deep"${']'.repeat(200_000)}`, 'x.json');
    expect(deep.format).toBe('json');
    expect((await parse(`{"a":"${'x\\n'.repeat(3_000_000)}end"}`, 'x.json')).text).toContain('end');
  });

  it('reads notebooks as prose and code', async () => {
    const notebook = {
      cells: [
        { cell_type: 'markdown', source: ['# Plan\n', 'text'] },
        { cell_type: 'code', source: 'print(1)', outputs: [{ text: ['1\n'] }] },
      ],
    };
    expect(listBlocks(await parse(JSON.stringify(notebook), 'n.ipynb'))).toEqual([
      'heading: Plan',
      'paragraph: text',
      'code: print(1)',
      'code: 1',
    ]);
  });
});

describe('xml', () => {
  it('makes each element with text a block, including inline children', async () => {
    const xml =
      '<?xml version="1.0"?><doc><title>Rules</title><p>One <b>bold</b> word</p><item code="7"/><name>Ann</name></doc>';
    expect(listBlocks(await parse(xml, 'a.xml'))).toEqual([
      'heading: Rules',
      'paragraph: One bold word',
      'paragraph: item: code=7',
      'paragraph: name: Ann',
    ]);
  });

  it('reads CDATA, truncated and wrongly closed elements, and ignores the DTD', async () => {
    const xml =
      '<!DOCTYPE d [<!ENTITY a "x > y">]>\n<d><p>1 &lt; 2 &amp; <![CDATA[<3>]]></p></q><p>two</b></p><p>cut &a; of';
    expect(listBlocks(await parse(xml, 'a.xml'))).toEqual([
      'paragraph: 1 < 2 & <3>',
      'paragraph: two',
      'paragraph: cut &a; of',
    ]);
  });

  it('does not expand entities', async () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}">]><l>${'&b;'.repeat(50)}</l>`;
    expect((await parse(laughs, 'a.xml')).text.length).toBeLessThan(400);
  });
});
