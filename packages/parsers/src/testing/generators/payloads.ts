import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

/** Base64 in every format that can hold it, between words. */
export const makePayloads: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const tokens = Array.from({ length: pickInteger(random, 2, 6) }, () => token());
  const payload = Buffer.from(Array.from({ length: pickInteger(random, 300, 6000) }, () => Math.floor(random() * 256)));
  const data = payload.toString('base64');
  const address = `data:image/${pickOne(random, ['png', 'jpeg', 'svg+xml'])};base64,${data}`;
  const lines = data.replace(/.{76}/g, '$&\n');
  const [first = '', ...rest] = tokens;
  const after = rest.join(' ');
  const [name, content] = pickOne(random, [
    ['a.md', `${first}\n\n![x](${address})\n\n${after}`],
    ['a.json', JSON.stringify({ first, photo: address, after })],
    ['a.json', JSON.stringify([{ first, photo: data }, { after }])],
    ['a.csv', `name,photo\n${first},${address}\n${after},\n`],
    ['a.xml', `<r><a>${first}</a><b>${data}</b><c>${after}</c></r>`],
    ['a.css', `.${first} { background: url("${address}") }\n/* ${after} */`],
    ['a.vcf', `BEGIN:VCARD\nFN:${first}\nPHOTO;ENCODING=b:${lines.replaceAll('\n', '\n ')}\nNOTE:${after}\nEND:VCARD`],
    ['a.txt', `${first}\n\n-----BEGIN DATA-----\n${lines}\n-----END DATA-----\n\n${after}`],
    ['a.txt', `${first}\n${lines}\n${after}`],
    ['a.html', `<html><p>${first}</p><img src="${address}"><p style="background:url(${address})">${after}</p></html>`],
    ['a.py', `${first} = "${data}"\n\n# ${after}\n`],
    ['a.eml', `From: a@example.com\nMessage-ID: <1>\nSubject: x\n\n${first}\n\n${lines}\n\n${after}\n`],
  ] as const);
  const probes = [20, 150, 250].map((at) => data.slice(at, at + 30));
  return {
    filename: name,
    bytes: Buffer.from(content),
    tokens,
    check: ({ text }) => probes.filter((probe) => text.includes(probe)).map((probe) => `${name} holds ${probe}`),
  };
};
