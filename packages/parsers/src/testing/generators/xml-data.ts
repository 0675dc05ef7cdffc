import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

/** Data in XML with values in text and in attributes, at any depth. */
export const makeXmlData: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const tokens: string[] = [];
  const next = () => {
    const word = token();
    tokens.push(word);
    return word;
  };
  const name = () => pickOne(random, ['item', 'part', 'Price', 'cac:Line', 'note', 'measure', 'ref']);
  const attribute = () =>
    `${pickOne(random, ['id', 'unit', 'currencyID', 'status', 'tolerance', 'x:kind'])}="${next()}"`;
  const element = (depth: number): string => {
    const tag = name();
    const attributes = random() < 0.6 ? ` ${attribute()}` : '';
    const kind = depth > 3 ? 'text' : pickOne(random, ['text', 'children', 'empty', 'text'] as const);
    if (kind === 'empty') return `<${tag}${attributes || ` ${attribute()}`}/>`;
    const content =
      kind === 'text' ? next() : Array.from({ length: pickInteger(random, 1, 4) }, () => element(depth + 1)).join('\n');
    return `<${tag}${attributes}>${content}</${tag}>`;
  };
  const body = Array.from({ length: pickInteger(random, 1, 6) }, () => element(1)).join('\n');
  const xml = `<?xml version="1.0"?>\n<catalog xmlns:x="urn:x" xmlns:cac="urn:c" ${attribute()}>${body}</catalog>`;
  return { filename: 'data.xml', bytes: Buffer.from(xml), tokens };
};
