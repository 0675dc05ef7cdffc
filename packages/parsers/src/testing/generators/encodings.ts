import iconv from 'iconv-lite';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

const WORDS = 'Straße Größe Länge Übung café naïve Müller Jürgen süß äußerst façade Öl'.split(' ');

/** Text files whose lines have the same or different encodings, and padding of zeros. */
export const makeEncodings: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const tokens: string[] = [];
  const words: string[] = [];
  const encodings = pickOne(random, [
    ['utf-8'],
    ['windows-1252'],
    ['utf-8', 'windows-1252'],
    ['utf-16le'],
    ['utf-16be'],
  ] as const);
  const lines: Buffer[] = [];
  for (let line = 0; line < pickInteger(random, 4, 40); line++) {
    const encoding = encodings[line % encodings.length] as string;
    const [id, word, other] = [token(), pickOne(random, WORDS), pickOne(random, WORDS)];
    tokens.push(id);
    words.push(word, other);
    const padding = encoding === 'utf-8' && random() < 0.1 ? '\0\0\0' : ' ';
    lines.push(iconv.encode(`${id}${padding}${word} und ${other} sind da\n`, encoding));
  }
  const isWide = encodings[0].startsWith('utf-16');
  const bom = isWide ? iconv.encode('\ufeff', encodings[0]) : Buffer.alloc(0);
  return {
    filename: 'text.txt',
    bytes: Buffer.concat([bom, ...lines]),
    tokens,
    otherText: `${words.join(' ')} und sind da`,
  };
};
