import type { DocumentBuilder } from './document-builder.ts';
import { type EdgedRow, placeByEdges } from './table-edges.ts';

interface CellDefinition {
  edge: number;
  merge: 'start' | 'continue' | undefined;
  /** The cell continues the one before it. */
  isJoined: boolean;
}

/** Collects the rows of an RTF table, whose cells have right edges instead of columns. */
export class RtfTable {
  private rows: EdgedRow[] = [];
  private definitions: CellDefinition[] = [];
  private left = 0;
  private cells: string[] = [];
  private next: Omit<CellDefinition, 'edge'> = { merge: undefined, isJoined: false };

  get hasCells(): boolean {
    return this.cells.length > 0;
  }

  /** Handles a control word of the table. Returns false if it isn't one. */
  define(name: string, value: number | undefined): boolean {
    if (name === 'trowd') {
      this.definitions = [];
      this.left = 0;
    } else if (name === 'trleft') this.left = value ?? 0;
    else if (name === 'clvmgf') this.next.merge = 'start';
    else if (name === 'clvmrg') this.next.merge = 'continue';
    else if (name === 'clmrg') this.next.isJoined = true;
    else if (name === 'cellx') {
      this.definitions.push({ ...this.next, edge: value ?? 0 });
      this.next = { merge: undefined, isJoined: false };
    } else return false;
    return true;
  }

  addCell(text: string): void {
    this.cells.push(text);
  }

  endRow(): void {
    if (this.cells.length === 0) return;
    const row: EdgedRow = { cells: [], edges: [this.left] };
    for (const [index, text] of this.cells.entries()) {
      const definition = this.definitions[index];
      const last = row.cells.at(-1);
      if (definition?.isJoined && last) {
        if (text.trim() !== '') last.text += ` ${text}`;
        row.edges[row.edges.length - 1] = definition.edge;
        continue;
      }
      row.cells.push({ text, merge: definition?.merge });
      if (definition) row.edges.push(definition.edge);
    }
    this.rows.push(row);
    this.cells = [];
  }

  /** Adds the collected rows to the document. */
  end(document: DocumentBuilder): void {
    this.endRow();
    if (this.rows.length === 0) return;
    for (const row of placeByEdges(this.rows)) document.addRow(row);
    this.rows = [];
  }
}

interface FormField {
  type: number;
  result: number | undefined;
  standard: number | undefined;
  entries: string[];
}

/** Follows the field that is being read: its instruction and, for form fields, their state. */
export class RtfField {
  code = '';
  /** Where the result starts in the text. */
  start = 0;
  private form: FormField | undefined;

  /** Handles a control word of a form field. Returns false if it isn't one. */
  define(name: string, value: number | undefined): boolean {
    if (name === 'formfield') this.form = { type: 0, result: undefined, standard: undefined, entries: [] };
    else if (!this.form) return false;
    else if (name === 'fftype') this.form.type = value ?? 0;
    else if (name === 'ffres') this.form.result = value;
    else if (name === 'ffdefres') this.form.standard = value;
    else return false;
    return true;
  }

  addEntry(text: string): void {
    this.form?.entries.push(text.trim());
  }

  /** Returns the state of a check box or the chosen entry of a list. */
  readForm(): string | undefined {
    const { form } = this;
    this.form = undefined;
    if (!form || form.type === 0) return undefined;
    // 25 is "not set by the user".
    const value = form.result === undefined || form.result === 25 ? form.standard : form.result;
    return form.type === 1 ? (value === 1 ? '☒' : '☐') : form.entries[value ?? 0];
  }
}
