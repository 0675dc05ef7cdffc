import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';

const UNDERLINE = /^([!-/:-@[-`{-~])\1{2,}\s*$/;
const LIST_ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)]|#\.|\(?[a-z]\))\s+/i;
const DIRECTIVE = /^\s{0,40}\.\. ([\w-]{1,60})::(.*)$/;
const CODE_DIRECTIVE = /^(?:code-block|code|sourcecode|highlight|parsed-literal|math)$/;
const FIELD = /^:([\w -]{1,60}):(.*)$/;

/** Removes the marks of roles, references and emphasis. */
function cleanInline(text: string): string {
  return text
    .replace(/:[\w:+-]{1,40}:`([^`<]{1,300}?)\s*(?:<[^`>]{1,300}>)?`/g, '$1')
    .replace(/`([^`<]{1,300}?)\s*<([^`>]{1,500})>`__?/g, '$1 ($2)')
    .replace(/``([^`]{1,500})``/g, '$1')
    .replace(/`([^`]{1,300})`__?/g, '$1')
    .replace(/\*\*([^*]{1,500})\*\*/g, '$1')
    .replace(/(?<![\w*])\*([^*\s][^*]{0,500})\*(?!\w)/g, '$1');
}

class RstReader {
  private readonly document: DocumentBuilder;
  private readonly lines: readonly string[];
  /** Underlines in the order of their first use, which is the order of levels. */
  private readonly levels: string[] = [];
  private paragraph: string[] = [];

  constructor(document: DocumentBuilder, lines: readonly string[]) {
    this.document = document;
    this.lines = lines;
  }

  read(): void {
    for (let at = 0; at < this.lines.length; ) at = this.readAt(at);
    this.flush();
  }

  private readAt(at: number): number {
    const line = this.lines[at] ?? '';
    const next = this.lines[at + 1] ?? '';
    if (line.trim() === '') this.flush();
    else if (UNDERLINE.test(line) && UNDERLINE.test(this.lines[at + 2] ?? '') && next.trim() !== '') {
      return this.addHeading(next, `${line[0]}${line[0]}`, at + 3);
    } else if (UNDERLINE.test(next) && line.trim().length <= next.trim().length + 2 && !/^[=+|]/.test(line)) {
      return this.addHeading(line, next[0] ?? '=', at + 2);
    } else if (/^\s*\+[-=+]{3,}\+\s*$/.test(line)) return this.readGrid(at);
    else if (/^\s*={2,}(?: +={2,})+\s*$/.test(line)) return this.readSimpleTable(at);
    else if (DIRECTIVE.test(line)) return this.readDirective(at);
    else if (/^\s*\.\.(?:\s|$)/.test(line)) return this.readComment(at);
    else if (LIST_ITEM.test(line) && (this.paragraph.length === 0 || LIST_ITEM.test(this.paragraph[0] ?? ''))) {
      this.flush();
      this.paragraph.push(line);
    } else if (FIELD.test(line) && this.paragraph.length === 0) this.addField(line);
    else {
      this.paragraph.push(line);
      if (line.trimEnd().endsWith('::')) return this.readLiteral(at + 1);
    }
    return at + 1;
  }

  private addHeading(title: string, underline: string, next: number): number {
    this.flush();
    if (!this.levels.includes(underline)) this.levels.push(underline);
    const level = Math.min(6, this.levels.indexOf(underline) + 1);
    this.document.add('heading', cleanInline(title.trim()), { level });
    return next;
  }

  private flush(): void {
    const lines = this.paragraph;
    this.paragraph = [];
    const text = cleanInline(lines.map((line) => line.trim()).join('\n')).replace(/::$/, ':');
    this.document.add(LIST_ITEM.test(lines[0] ?? '') ? 'list-item' : 'paragraph', text);
  }

  private addField(line: string): void {
    this.flush();
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    this.document.add('paragraph', `${name}: ${cleanInline(value.trim())}`);
  }

  /** Returns the index after the indented block that starts at or after `at`. */
  private endOfIndented(at: number): number {
    let end = at;
    for (let index = at; index < this.lines.length; index++) {
      const line = this.lines[index] ?? '';
      if (line.trim() === '') continue;
      if (!/^\s/.test(line)) break;
      end = index + 1;
    }
    return end;
  }

  private readLiteral(at: number): number {
    this.flush();
    const end = this.endOfIndented(at);
    this.document.add('code', unindent(this.lines.slice(at, end)).join('\n'));
    return Math.max(end, at);
  }

  private readDirective(at: number): number {
    this.flush();
    const [, name = '', rawArgument = ''] = DIRECTIVE.exec(this.lines[at] ?? '') ?? [];
    const argument = rawArgument.trim();
    const end = this.endOfIndented(at + 1);
    const body = unindent(this.lines.slice(at + 1, end));
    const options = body.filter(
      (line, index) => FIELD.test(line) && body.slice(0, index).every((other) => FIELD.test(other)),
    );
    const rest = body.slice(options.length);
    if (CODE_DIRECTIVE.test(name)) {
      this.document.add(
        'code',
        [name === 'math' ? argument : '', ...rest].filter((line, i) => i > 0 || line).join('\n'),
      );
      return end;
    }
    // The options of pictures hold their caption and their text.
    const shown = options
      .filter((line) => /^:(?:alt|caption|name|title):/.test(line))
      .map((line) => (FIELD.exec(line)?.[2] ?? '').trim());
    const text = [argument, ...shown].filter(Boolean).join('\n');
    this.document.add('paragraph', cleanInline(text));
    if (rest.some((line) => line.trim() !== '')) {
      if (name === 'csv-table')
        for (const row of rest.filter(Boolean)) this.document.addRow(row.split(/,\s*/).map(unquote));
      else if (name === 'list-table') this.addListTable(rest);
      else new RstReader(this.document, rest).read();
    }
    return end;
  }

  private addListTable(lines: readonly string[]): void {
    let cells: string[] = [];
    const flush = () => {
      if (cells.length > 0) this.document.addRow(cells.map(cleanInline));
      cells = [];
    };
    for (const line of lines) {
      const item = /^(\* )?[ \t]{0,40}-(.*)$/.exec(line);
      if (item?.[1]) flush();
      if (item) cells.push((item[2] ?? '').trim());
      else if (cells.length > 0) cells[cells.length - 1] += ` ${line.trim()}`;
    }
    flush();
  }

  /** Targets are addresses, footnotes are text, everything else after two dots is a comment. */
  private readComment(at: number): number {
    this.flush();
    const line = this.lines[at] ?? '';
    const end = this.endOfIndented(at + 1);
    const note = /^\s{0,40}\.\. \[([^\]]{1,60})\](.*)$/.exec(line);
    const target = /^\s*\.\.\s+_([^:]{1,200}):\s+(\S.*)$/.exec(line);
    const more = this.lines.slice(at + 1, end).map((next) => next.trim());
    if (note)
      this.document.add('paragraph', cleanInline([`[${note[1]}] ${(note[2] ?? '').trim()}`, ...more].join('\n')));
    else if (target) this.document.add('paragraph', `${target[1]}: ${target[2]}`);
    else if (!/^\s*\.\.\s+[_|]/.test(line) && /\w/.test(line + more.join('')))
      this.document.warn('Comments were left out.');
    return end;
  }

  private readGrid(at: number): number {
    this.flush();
    let cells: string[] = [];
    let index = at;
    for (; index < this.lines.length; index++) {
      const line = (this.lines[index] ?? '').trim();
      if (/^\+[-=+]+\+$/.test(line)) {
        this.document.addRow(cells.map(cleanInline));
        cells = [];
      } else if (/^[|+].*[|+]$/.test(line)) {
        const parts = line.slice(1, -1).split('|');
        cells = parts.map((part, column) => [cells[column], part.trim()].filter(Boolean).join(' '));
      } else break;
    }
    return index;
  }

  private readSimpleTable(at: number): number {
    this.flush();
    const starts = [...(this.lines[at] ?? '').matchAll(/=+/g)].map(({ index }) => index);
    let index = at + 1;
    let borders = 1;
    let row: string[] = [];
    const flush = () => {
      if (row.length > 0) this.document.addRow(row.map(cleanInline));
      row = [];
    };
    for (; index < this.lines.length; index++) {
      const line = this.lines[index] ?? '';
      if (/^\s*={2,}(?: +={2,})*\s*$/.test(line)) {
        flush();
        borders++;
        const isLast = (this.lines[index + 1] ?? '').trim() === '';
        if (borders >= 3 || (borders === 2 && isLast)) return index + 1;
        continue;
      }
      const cells = starts.map((start, column) => line.slice(start, starts[column + 1]).trim());
      // An empty first column continues the row above.
      if (cells[0] === '' && row.length > 0)
        row = row.map((cell, column) => [cell, cells[column]].filter(Boolean).join(' '));
      else {
        flush();
        if (line.trim() !== '') row = cells;
      }
    }
    flush();
    return index;
  }
}

function unquote(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, '$1');
}

function unindent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents, 40);
  return lines.map((line) => line.slice(Math.min(indent, Math.max(0, line.search(/\S|$/)))));
}

export const rstParser = defineFormat({
  formats: ['rst'],
  extensions: ['rst', 'rest'],
  parse(_bytes, { document, readText }) {
    new RstReader(document, readText().replace(/\r\n?/g, '\n').split('\n')).read();
  },
});
