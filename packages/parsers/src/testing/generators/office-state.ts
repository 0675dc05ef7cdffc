import { zipSync } from 'fflate';
import { escapeXml, writeDocx, writeOdf, writePptx } from '../office-file.ts';
import {
  createTokens,
  type DocumentGenerator,
  type GeneratedDocument,
  pickInteger,
  pickOne,
} from './document-generator.ts';

/** One piece of content that is kept outside plain text nodes. */
interface Piece {
  xml: string;
  /** Words that must be in the text. */
  shown: string[];
  /** Words that must not be in it. */
  hidden?: string[];
  /** A state that follows a word: "☒" or "☐". */
  state?: [word: string, sign: string];
}

type MakePiece = (token: () => string, random: () => number) => Piece;

const run = (text: string, format = '') =>
  `<w:r>${format ? `<w:rPr>${format}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (content: string) => `<w:p>${content}</w:p>`;

const DOCX_PIECES: MakePiece[] = [
  (token) => {
    const [text, target] = [token(), token()];
    const code = `HYPERLINK "https://example.org/${target}"`;
    const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const xml = `${field('begin')}<w:r><w:instrText>${escapeXml(code)}</w:instrText></w:r>${field('separate')}${run(text)}${field('end')}`;
    return { xml: paragraph(xml), shown: [text, target] };
  },
  (token, random) => {
    const word = token();
    const isChecked = random() < 0.5;
    const box = `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>${isChecked ? '<w:checked/>' : ''}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    return { xml: paragraph(`${run(`${word} `)}${box}`), shown: [word], state: [word, isChecked ? '☒' : '☐'] };
  },
  (token, random) => {
    const word = token();
    const isChecked = random() < 0.5;
    const symbol = `<w:r><w:sym w:font="Wingdings" w:char="${isChecked ? 'F0FD' : 'F0A8'}"/></w:r>`;
    return { xml: paragraph(`${run(`${word} `)}${symbol}`), shown: [word], state: [word, isChecked ? '☒' : '☐'] };
  },
  (token, random) => {
    const entries = [token(), token(), token()];
    const index = pickInteger(random, 0, 2);
    const list = `<w:ddList><w:result w:val="${index}"/>${entries.map((entry) => `<w:listEntry w:val="${entry}"/>`).join('')}</w:ddList>`;
    const xml = `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${list}</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    return { xml: paragraph(xml), shown: [entries[index] as string], hidden: entries.filter((_, at) => at !== index) };
  },
  (token) => {
    const [before, secret] = [token(), token()];
    return { xml: paragraph(`${run(`${before} `)}${run(secret, '<w:vanish/>')}`), shown: [before], hidden: [secret] };
  },
  (token) => {
    const [added, removed] = [token(), token()];
    const xml = `<w:ins w:id="1">${run(added)}</w:ins><w:del w:id="2"><w:r><w:delText>${removed}</w:delText></w:r></w:del>`;
    return { xml: paragraph(xml), shown: [added], hidden: [removed] };
  },
  (token) => {
    const [anchor, box] = [token(), token()];
    const content = `<w:txbxContent>${paragraph(run(box))}</w:txbxContent>`;
    const xml = `${run(anchor)}<w:r><mc:AlternateContent><mc:Choice><w:drawing>${content}</w:drawing></mc:Choice><mc:Fallback><w:pict>${content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    return { xml: paragraph(xml), shown: [anchor, box] };
  },
  (token) => {
    const text = token();
    return {
      xml: paragraph(
        `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="${text}"/></wp:inline></w:drawing></w:r>`,
      ),
      shown: [text],
    };
  },
  (token) => {
    const [above, below] = [token(), token()];
    const part = (name: string, text: string) => `<m:${name}><m:r><m:t>${text}</m:t></m:r></m:${name}>`;
    return {
      xml: paragraph(`<m:oMath><m:f>${part('num', above)}${part('den', below)}</m:f></m:oMath>`),
      shown: [above, below],
    };
  },
  (token) => {
    const [base, reading] = [token(), token()];
    return {
      xml: paragraph(`<w:r><w:ruby><w:rt>${run(reading)}</w:rt><w:rubyBase>${run(base)}</w:rubyBase></w:ruby></w:r>`),
      shown: [base, reading],
    };
  },
];

const odfParagraph = (content: string) => `<text:p>${content}</text:p>`;

const ODT_PIECES: MakePiece[] = [
  (token) => {
    const [text, target] = [token(), token()];
    return {
      xml: odfParagraph(`<text:a xlink:href="https://example.org/${target}">${text}</text:a>`),
      shown: [text, target],
    };
  },
  (token) => {
    const [before, secret] = [token(), token()];
    return {
      xml: odfParagraph(`${before} <text:span text:style-name="hidden">${secret}</text:span>`),
      shown: [before],
      hidden: [secret],
    };
  },
  (token) => {
    const [before, title, box] = [token(), token(), token()];
    const frame = `<draw:frame><draw:text-box>${odfParagraph(box)}</draw:text-box><svg:desc>${title}</svg:desc></draw:frame>`;
    return { xml: odfParagraph(before + frame), shown: [before, title, box] };
  },
  (token) => {
    const [text, note, comment] = [token(), token(), token()];
    const marks = `<text:note><text:note-citation>1</text:note-citation><text:note-body>${odfParagraph(note)}</text:note-body></text:note><office:annotation>${odfParagraph(comment)}</office:annotation>`;
    return { xml: odfParagraph(text + marks), shown: [text, note, comment] };
  },
  (token) => {
    const secret = token();
    return {
      xml: `<text:section text:name="s" text:display="none">${odfParagraph(secret)}</text:section>`,
      shown: [],
      hidden: [secret],
    };
  },
  (token) => {
    const [base, reading] = [token(), token()];
    return {
      xml: odfParagraph(
        `<text:ruby><text:ruby-base>${base}</text:ruby-base><text:ruby-text>${reading}</text:ruby-text></text:ruby>`,
      ),
      shown: [base, reading],
    };
  },
];

const HIDDEN_STYLE =
  '<style:style style:name="hidden" style:family="text"><style:text-properties text:display="none"/></style:style>';

function shape(text: string, y: number, x = 0): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="1" name="s"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="${x}" y="${y}"/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
}

/** Slides whose shapes are painted in another order than they are read, some of them hidden. */
function makeSlides(random: () => number, token: () => string): GeneratedDocument {
  const tokens: string[] = [];
  const hidden: string[] = [];
  const orders: string[][] = [];
  const slides = Array.from({ length: pickInteger(random, 1, 4) }, (_, index) => {
    const lines = Array.from({ length: pickInteger(random, 2, 6) }, () => token());
    const isHidden = index > 0 && random() < 0.3;
    (isHidden ? hidden : tokens).push(...lines);
    if (!isHidden) orders.push(lines);
    const shapes = lines.map((line, at) => shape(line, (at + 1) * 900_000, pickInteger(random, 0, 5_000_000)));
    for (let at = shapes.length - 1; at > 0; at--) {
      const other = pickInteger(random, 0, at);
      [shapes[at], shapes[other]] = [shapes[other] as string, shapes[at] as string];
    }
    return { shapes: shapes.join(''), isHidden };
  });
  return {
    filename: 'order.pptx',
    bytes: writePptx(
      slides.map(({ shapes }) => shapes),
      slides.map(({ isHidden }) => isHidden),
    ),
    tokens,
    check: ({ text, warnings }) => [
      ...hidden.filter((word) => text.includes(word)).map((word) => `"${word}" is hidden`),
      ...(hidden.length > 0 && !warnings.join().includes('Hidden slides') ? ['no warning of hidden slides'] : []),
      ...orders
        .filter((lines) => lines.some((line, at) => at > 0 && text.indexOf(line) < text.indexOf(lines[at - 1] ?? '')))
        .map((lines) => `order of ${lines.join(' ')}`),
    ],
  };
}

/** State outside text nodes: links, boxes, lists, hidden text, changes, text boxes, alt text, formulas, ruby, order of shapes. */
export const makeOfficeState: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const kind = pickOne(random, ['docx', 'odt', 'pptx']);
  if (kind === 'pptx') return makeSlides(random, token);
  const makers = kind === 'docx' ? DOCX_PIECES : ODT_PIECES;
  const pieces = Array.from({ length: pickInteger(random, 3, 20) }, () => pickOne(random, makers)(token, random));
  const start = token();
  const body = pieces.map(({ xml }) => xml).join('');
  const bytes =
    kind === 'docx'
      ? writeDocx(paragraph(run(start)) + body)
      : writeOdf('text', odfParagraph(start) + body, HIDDEN_STYLE);
  return {
    filename: `state.${kind}`,
    bytes,
    tokens: [start, ...pieces.flatMap(({ shown }) => shown)],
    check: ({ text, warnings }) => [
      ...pieces
        .flatMap(({ hidden = [] }) => hidden)
        .filter((word) => text.includes(word))
        .map((word) => `"${word}" is hidden`),
      ...pieces.flatMap(({ state }) =>
        state && !text.includes(`${state[0]} ${state[1]}`) ? [`${state.join(' ')} is missing`] : [],
      ),
      ...pieces.flatMap(({ hidden = [] }) => hidden).filter((word) => warnings.join().includes(word)),
    ],
  };
};

/** Archives of small texts in folders, some of them archives again. */
export const makeArchives: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const tokens: string[] = [];
  const fill = (depth: number): Uint8Array => {
    const files: Record<string, Uint8Array> = {};
    for (let index = pickInteger(random, 1, 4); index > 0; index--) {
      const word = token();
      tokens.push(word);
      files[`${pickOne(random, ['', 'a/', 'b/c/'])}${index}.txt`] = new TextEncoder().encode(
        `The word ${word} in a file.`,
      );
    }
    if (depth < 2 && random() < 0.5) files['inner.zip'] = fill(depth + 1);
    return zipSync(files);
  };
  return { filename: 'files.zip', bytes: fill(0), tokens };
};
