import { strToU8 } from 'fflate';
import { writeDocx, writeOdf, writePptx } from '../office-file.ts';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

interface Part {
  text: string;
  position: 'super' | 'sub' | undefined;
}

const WRITERS: Record<string, (lines: Part[][]) => Uint8Array> = {
  'raised.docx': (lines) =>
    writeDocx(
      lines
        .map((parts) => {
          const run = ({ text, position }: Part) =>
            `<w:r>${position ? `<w:rPr><w:vertAlign w:val="${position}script"/></w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`;
          return `<w:p>${parts.map(run).join('')}</w:p>`;
        })
        .join(''),
    ),
  'raised.pptx': (lines) => {
    const run = ({ text, position }: Part) =>
      `<a:r><a:rPr${position ? ` baseline="${position === 'super' ? 30_000 : -25_000}"` : ''}/><a:t>${text}</a:t></a:r>`;
    const body = lines.map((parts) => `<a:p>${parts.map(run).join('')}</a:p>`).join('');
    return writePptx([`<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody>${body}</p:txBody></p:sp>`]);
  },
  'raised.odt': (lines) => {
    const style = (name: string) =>
      `<style:style style:name="${name}" style:family="text"><style:text-properties style:text-position="${name} 58%"/></style:style>`;
    const span = ({ text, position }: Part) =>
      position ? `<text:span text:style-name="${position}">${text}</text:span>` : text;
    const body = lines.map((parts) => `<text:p>${parts.map(span).join('')}</text:p>`).join('');
    return writeOdf('text', body, style('super') + style('sub'));
  },
  'raised.rtf': (lines) => {
    const group = ({ text, position }: Part) => (position ? `{\\${position} ${text}}` : text);
    return strToU8(`{\\rtf1\\ansi ${lines.map((parts) => `${parts.map(group).join('')}\\par\n`).join('')}}`);
  },
};

/** Powers, marks of notes and chemical formulas: raised digits never become digits of the number before them. */
export const makeRaisedDigits: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const filename = pickOne(random, Object.keys(WRITERS));
  const plain = (text: string): Part => ({ text, position: undefined });
  const lines: { parts: Part[]; text: string }[] = [];
  for (let index = pickInteger(random, 3, 12); index > 0; index--) {
    const word = token();
    const digit = String(pickInteger(random, 2, 30));
    const number = String(pickInteger(random, 111, 9999));
    lines.push(
      pickOne(random, [
        {
          parts: [plain(`${word} holds 10`), { text: digit, position: 'super' }, plain(' units')],
          text: `${word} holds 10^${digit} units`,
        },
        {
          parts: [plain(`${word} rose to ${number}`), { text: digit, position: 'super' }, plain(' in all')],
          text: `${word} rose to ${number} [${digit}] in all`,
        },
        {
          parts: [plain(`${word} has 12 m`), { text: '2', position: 'super' }, plain('.')],
          text: `${word} has 12 m^2.`,
        },
        {
          parts: [plain(`${word} emits CO`), { text: '2', position: 'sub' }, plain(' daily')],
          text: `${word} emits CO2 daily`,
        },
        {
          parts: [plain(`${word} is the 1`), { text: 'st', position: 'super' }, plain(' one')],
          text: `${word} is the 1st one`,
        },
        {
          parts: [plain(`${word} was said earlier`), { text: digit, position: 'super' }, plain('.')],
          text: `${word} was said earlier [${digit}].`,
        },
      ] as const) as { parts: Part[]; text: string },
    );
  }
  const write = WRITERS[filename] as (lines: Part[][]) => Uint8Array;
  return {
    filename,
    bytes: write(lines.map(({ parts }) => parts)),
    tokens: lines.map(({ text }) => text.split(' ', 1)[0] as string),
    check: (document) => {
      const found = document.text.split('\n').map((line) => line.replace(/^- /, ''));
      return lines
        .filter(({ text }) => !found.includes(text))
        .map(({ text }) => `"${text}" is "${found.find((line) => line.startsWith(text.split(' ', 1)[0] as string))}"`);
    },
  };
};
