import { squeezeText } from '../clean-text.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { cleanLatex, readGroup } from '../latex-inline.ts';

const LEVELS: Record<string, number> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
  subparagraph: 6,
};
const CODE = /^(?:verbatim|lstlisting|minted|alltt)\*?$/;
const MATH = /^(?:equation|align|gather|multline|eqnarray|displaymath|math)\*?$/;
const TABLE = /^(?:tabular|tabularx|longtable|array|tabu)\*?$/;
/** What divides a LaTeX source into blocks. */
const BLOCK =
  /\\(part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?(?=[{[])|\\begin\{([A-Za-z]+\*?)\}|\\end\{([A-Za-z]+\*?)\}|\\item\b|\n[ \t]*\n/g;
const INFO = /\\(title|author|date)(?=\{)/g;

class LatexReader {
  private readonly document: DocumentBuilder;
  private readonly source: string;
  private readonly lists: { isOrdered: boolean; next: number }[] = [];
  private marker = '';

  constructor(document: DocumentBuilder, source: string) {
    this.document = document;
    this.source = source;
  }

  read(): void {
    const { source } = this;
    let at = 0;
    BLOCK.lastIndex = 0;
    for (let hit = BLOCK.exec(source); hit; hit = BLOCK.exec(source)) {
      this.addText(source.slice(at, hit.index));
      const [whole, heading, opened, closed] = hit;
      at = hit.index + whole.length;
      if (heading) at = this.addHeading(heading, at);
      else if (opened) at = this.open(opened, at);
      else if (closed && /^(?:itemize|enumerate|description)$/.test(closed)) this.lists.pop();
      else if (whole === '\\item') at = this.openItem(at);
      BLOCK.lastIndex = at;
    }
    this.addText(source.slice(at));
  }

  private addText(raw: string): void {
    const text = cleanLatex(raw)
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim();
    if (text === '') return;
    this.document.add(this.marker ? 'list-item' : 'paragraph', this.marker + text);
    this.marker = '';
  }

  private addHeading(name: string, at: number): number {
    const options = readGroup(this.source, at, '[', ']');
    const title = readGroup(this.source, this.source[at] === '[' ? (options?.end ?? at) : at);
    if (!title) return at;
    this.document.add('heading', squeezeText(cleanLatex(title.content)), { level: LEVELS[name] ?? 2 });
    return title.end;
  }

  private openItem(at: number): number {
    const label = this.source[at] === '[' ? readGroup(this.source, at, '[', ']') : undefined;
    const list = this.lists.at(-1);
    this.marker = list?.isOrdered ? `${list.next++}. ` : '- ';
    if (label) this.marker += `${cleanLatex(label.content)}: `;
    return label?.end ?? at;
  }

  private open(name: string, start: number): number {
    if (/^(?:itemize|enumerate|description)$/.test(name)) {
      this.lists.push({ isOrdered: name === 'enumerate', next: 1 });
      return start;
    }
    const isWhole = CODE.test(name) || MATH.test(name) || TABLE.test(name);
    const options = this.source[start] === '[' ? readGroup(this.source, start, '[', ']') : undefined;
    if (!isWhole) return options?.end ?? start;
    const close = `\\end{${name}}`;
    const end = this.source.indexOf(close, start);
    const stop = end < 0 ? this.source.length : end;
    const body = this.source.slice(options?.end ?? start, stop);
    if (TABLE.test(name)) this.addRows(body, name);
    else if (CODE.test(name)) this.document.add('code', body.replace(/^\{[^}]{0,100}\}/, ''));
    else this.document.add('paragraph', body.replace(/\\label\{[^}]{0,200}\}/g, ''));
    return stop + (end < 0 ? 0 : close.length);
  }

  private addRows(body: string, name: string): void {
    let at = 0;
    // The column types, and the width of some kinds of tables before them.
    for (let skip = name.startsWith('tabularx') ? 2 : 1; skip > 0; skip--) at = readGroup(body, at)?.end ?? at;
    for (const row of body.slice(at).split('\\\\')) {
      const cells = row.replace(/^\s*\[[^\]]{0,20}\]/, '').split(/(?<!\\)&/);
      this.document.addRow(cells.flatMap((cell) => spanCell(cell)));
    }
  }
}

/** A cell that spans columns is above each of them. */
function spanCell(cell: string): string[] {
  const columns = Number(/\\multicolumn\s*\{(\d{1,2})\}/.exec(cell)?.[1] ?? 1);
  return [cleanLatex(cell), ...Array<string>(Math.max(0, columns - 1)).fill('')];
}

function withoutComments(text: string, onComment?: () => void): string {
  return text.replace(/(?<!\\)%[^\n]*\n?/g, (comment) => {
    if (/[\p{L}\p{N}]/u.test(comment)) onComment?.();
    return '';
  });
}

export const latexParser = defineFormat({
  formats: ['latex'],
  extensions: ['tex', 'ltx', 'latex'],
  parse(_bytes, { document, readText }) {
    const source = readText().replace(/\r\n?/g, '\n');
    const start = source.indexOf('\\begin{document}');
    const preamble = start < 0 ? '' : withoutComments(source.slice(0, start));
    const body = start < 0 ? source : source.slice(start + '\\begin{document}'.length);
    for (const hit of (preamble || source).matchAll(INFO)) {
      const value = readGroup(preamble || source, hit.index + hit[0].length)?.content;
      const text = squeezeText(cleanLatex(value ?? ''));
      if (hit[1] === 'title') {
        document.title = text;
        document.add('heading', text, { level: 1 });
      } else document.describe(hit[1] ?? '', text);
    }
    const end = body.indexOf('\\end{document}');
    const content = end < 0 ? body : body.slice(0, end);
    const shown = protectCode(content, () => document.warn('Comments were left out.'));
    new LatexReader(document, withoutInfo(shown)).read();
  },
});

/** Removes comments, but not in code. */
function protectCode(text: string, onComment: () => void): string {
  const parts = text.split(
    /(\\begin\{(?:verbatim|lstlisting|minted|alltt)\*?\}[\s\S]*?\\end\{(?:verbatim|lstlisting|minted|alltt)\*?\})/,
  );
  return parts.map((part, at) => (at % 2 === 1 ? part : withoutComments(part, onComment))).join('');
}

function withoutInfo(text: string): string {
  let clean = text;
  for (const hit of [...text.matchAll(INFO)].reverse()) {
    const group = readGroup(clean, hit.index + hit[0].length);
    if (group) clean = clean.slice(0, hit.index) + clean.slice(group.end);
  }
  return clean;
}
