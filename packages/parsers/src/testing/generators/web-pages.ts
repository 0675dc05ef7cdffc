import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

/** Pages with state outside text nodes, raised text, formulas, menus and hidden text. */
export const makeWebPages: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const tokens: string[] = [];
  const hidden: string[] = [];
  const menus: string[] = [];
  const next = () => {
    const word = token();
    tokens.push(word);
    return word;
  };
  const conceal = (kind = hidden) => {
    const word = token();
    kind.push(word);
    return word;
  };
  const raised: string[] = [];
  const raise = () => {
    const exponent = pickInteger(random, 2, 99);
    const base = next();
    raised.push(`${base} 10^${exponent}`);
    return `<p>${base} 10<sup>${exponent}</sup> ${next()}</p>`;
  };
  const parts = [
    () => `<p>${next()} <b>${next()}</b>${next()}</p>`,
    raise,
    () => `<p><a href="https://${next()}.example/${next()}">${next()}</a></p>`,
    () => `<p><img src="a.png" alt="${next()}"><del>${next()}</del></p>`,
    () => `<form><input name="a" value="${next()}"><textarea>${next()}</textarea></form>`,
    () => `<select><option>x</option><option selected>${next()}</option></select>`,
    () => `<select><option>${next()}<option selected>${next()}<option label="${next()}"></select>`,
    () => `<math><mfrac><mi>${next()}</mi><mn>${next()}</mn></mfrac></math>`,
    () => `<p><ruby>${next()}<rt>${next()}</rt></ruby></p>`,
    () => `<ul><li>${next()}<ol type="${pickOne(random, ['1', 'a', 'i'])}"><li>${next()}</li></ol></li></ul>`,
    () => `<dl><dt>${next()}</dt><dd>${next()}</dd></dl>`,
    () => `<pre>${next()}\n  ${next()}</pre>`,
    () => `<svg><text>${next()}</text></svg>`,
    () => `<p ${pickOne(random, ['hidden', 'style="display: none"', 'style="visibility:hidden"'])}>${conceal()}</p>`,
    () =>
      `<table><caption>${next()}</caption><tr><th>${next()}</th><th>${next()}</th></tr><tr><td>${next()}</td><td>${next()}</td></tr></table>`,
    () => `<details><summary>${next()}</summary>${next()}</details>`,
  ];
  const body = Array.from({ length: pickInteger(random, 3, 20) }, () => pickOne(random, parts)()).join('\n');
  const menu = Array.from(
    { length: 5 },
    () => `<li><a href="/${pickInteger(random, 1, 99)}">${conceal(menus)}</a></li>`,
  ).join('');
  const page = `<!doctype html><html><head><title>T</title><script>var no = 1;</script></head><body><nav><ul>${menu}</ul></nav><main>${body}<p>${next()} ${'plain text of the page '.repeat(12)}</p></main><footer><p>${conceal(menus)}</p></footer></body></html>`;
  return {
    filename: 'page.html',
    bytes: Buffer.from(page),
    tokens,
    check({ text, blocks }) {
      const searched = blocks.filter(({ excluded }) => !excluded).map(({ start, end }) => text.slice(start, end));
      const shown = searched.join('\n');
      return [
        ...raised.filter((value) => !shown.includes(value)).map((value) => `not raised: ${value}`),
        ...hidden.filter((word) => text.includes(word)).map((word) => `not left out: ${word}`),
        ...menus.filter((word) => shown.includes(word)).map((word) => `searched: ${word}`),
        ...menus.filter((word) => !text.includes(word)).map((word) => `not stored: ${word}`),
      ];
    },
  };
};
