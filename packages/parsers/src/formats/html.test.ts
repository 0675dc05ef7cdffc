import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { listBlocks, parse } from '../testing/parse.ts';

describe('html', () => {
  it('reads the main text without scripts, styles and navigation', async () => {
    const page = `<!doctype html><html><head><title>My &amp; page</title><meta name="author" content="Eva"><style>p{}</style></head>
      <body><nav><a href="/">Home</a></nav><script>let x = "<p>no</p>";</script><h1>Top<br>line</h1><p>Some <b>bold</b>
      text.</p><ol start="3"><li>three<li>four</ol><ul><li>dot</li></ul><pre>  a\n   b</pre><blockquote>quoted</blockquote>
      <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table><p hidden>hidden</p></body></html>`;
    const document = await parse(page, 'whatever.bin');
    expect(listBlocks(document, ({ kind, excluded }) => excluded ?? kind)).toEqual([
      'navigation: Home',
      'heading: Top line',
      'paragraph: Some bold text.',
      'list-item: 3. three',
      'list-item: 4. four',
      'list-item: - dot',
      'code:   a\n   b',
      'quote: quoted',
      'table-row: A | B',
      'table-row: 1 | 2 3',
    ]);
    expect(document.warnings).toEqual([
      'Menus, banners and footers (1 part) are stored but not searched.',
      'Hidden text (1 part) was left out.',
    ]);
    expect(document).toMatchObject({ format: 'html', title: 'My & page', metadata: { author: 'Eva' } });
  });

  it('keeps navigation if there is no other text', async () => {
    expect((await parse('<html><body><nav><a href="x">Only link</a></nav></body></html>', 'a.html')).text).toBe(
      'Only link',
    );
  });

  it('does not search banners, footers and lists of languages without their own elements', async () => {
    const page = `<html><div class="cookie-banner">We use cookies</div><div><h1>Title</h1><p>${'Text of the page. '.repeat(20)}</p></div>
      <ul class="lang-list"><li><a href="/de">Deutsch</a></li><li><a href="/fr">Français</a></li></ul><div id="footer">Imprint</div></html>`;
    const { text, blocks } = await parse(page, 'a.html');
    const excluded = blocks.filter((block) => block.excluded).map(({ start, end }) => text.slice(start, end));
    expect(excluded).toEqual(['We use cookies', '- Deutsch', '- Français', 'Imprint']);
  });

  it('searches menus if hardly anything else is left', async () => {
    const { blocks } = await parse('<html><nav><a href="x">One</a> <a href="y">Two</a></nav><p>.</p></html>', 'a.html');
    expect(blocks.every(({ excluded }) => excluded === undefined)).toBe(true);
  });

  it('trusts the byte order mark, then the declared charset', async () => {
    const declared = iconv.encode('<html><meta charset="shift_jis"><p>名古屋</p></html>', 'shift_jis');
    expect((await parse(declared, 'a.html')).text).toBe('名古屋');
    const latin = iconv.encode('<html><p>Käse für 15,50 €</p></html>', 'windows-1252');
    expect((await parse(latin, 'a.html')).text).toBe('Käse für 15,50 €');
    const wide = iconv.encode('<html><p>wide ü</p></html>', 'utf-16le', { addBOM: true });
    expect((await parse(wide, 'a.html')).text).toBe('wide ü');
  });

  it('does not overflow the stack on 20,000 nested elements', async () => {
    expect((await parse(`<html><body>${'<div>'.repeat(20_000)}deep`, 'a.html')).text).toBe('deep');
  });

  it('treats a table within a table as layout', async () => {
    const page =
      '<html><table><tr><td>menu</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>after</html>';
    expect((await parse(page, 'a.html')).text.split(/\n+/)).toEqual(['menu', 'a | b', 'after']);
  });

  it('names the choices that are not selected, and counts comments', async () => {
    const page =
      '<html><!-- 4711 --><!--[if mso]><p>x</p><![endif]--><p>Size <select><option>S<option selected>M<option label="Large">L</select> in stock</p></html>';
    const { text, warnings } = await parse(page, 'a.html');
    expect(text).toBe('Size M in stock');
    expect(warnings).toEqual([
      '2 choices that are not selected left out: "S", "Large"',
      '1 HTML comment was left out.',
    ]);
  });

  it('numbers lists as browsers do, and only where the number is known', async () => {
    const lists = '<ol reversed start=3><li>x<li>y</ol><ol reversed><li>a<li value=7>b<li>c</ol>';
    expect((await parse(`<html>${lists}</html>`, 'a.html')).text.split(/\n+/)).toEqual([
      '3. x',
      '2. y',
      '- a',
      '7. b',
      '6. c',
    ]);
  });

  it.each([
    'text-indent: -9999px',
    'position:absolute; left:-10000px',
    'color: #fffffe',
    'color: rgb(254, 255, 255)',
    'font-size: 1px',
    'font-size:0.5px',
    'height:0; overflow:hidden',
    'max-height: 0px; overflow: hidden',
  ])('leaves out text hidden by "%s"', async (style) => {
    const { text, warnings } = await parse(`<html><p>Shown</p><p style="${style}">Hidden</p></html>`, 'a.html');
    expect(text).toBe('Shown');
    expect(warnings).toEqual(['Hidden text (1 part) was left out.']);
  });

  it.each(['font-size: 1em', 'font-size:.9em', 'font-size:12px', 'margin-left:-12px', 'color:#f00', 'overflow:hidden'])(
    'keeps text with "%s"',
    async (style) => {
      expect((await parse(`<html><p style="${style}">Shown</p></html>`, 'a.html')).text).toBe('Shown');
    },
  );

  it('reads open dialogs', async () => {
    const { text } = await parse('<html><dialog open>Shown</dialog><dialog>Hidden</dialog></html>', 'a.html');
    expect(text).toBe('Shown');
  });
});
