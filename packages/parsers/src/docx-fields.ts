import { isOn } from './office-package.ts';
import { attributeOf, childOf, childrenOf, type XmlElement } from './xml.ts';

interface Field {
  code: string;
  /** Text before the separator is an instruction. */
  inCode: boolean;
  /** Where the result starts in the text of its paragraph. Undefined in a later paragraph. */
  start: number | undefined;
  /** The result is known from the form data, so that the text of the result would repeat it. */
  isComplete: boolean;
}

/** Returns the state of a check box, the chosen entry of a list or the default of a text field. */
function readFormField(data: XmlElement | undefined): string | undefined {
  const box = childOf(data, 'checkBox');
  if (box) {
    const checked = childOf(box, 'checked');
    return isOn(checked ?? childOf(box, 'default')) ? '☒' : '☐';
  }
  const list = childOf(data, 'ddList');
  if (!list) return undefined;
  const index = attributeOf(childOf(list, 'result'), 'val') ?? attributeOf(childOf(list, 'default'), 'val') ?? '0';
  return attributeOf(childrenOf(list, 'listEntry')[Number(index)], 'val');
}

export function readLinkCode(code: string): string | undefined {
  return /^\s{0,20}HYPERLINK\s{1,20}(?:\\[a-z]\s{1,20})?"([^"]{1,2000})"/i.exec(code)?.[1];
}

/** Follows complex fields, which are marked by characters in the text: instruction, separator, result. */
export class DocxFields {
  private fields: Field[] = [];

  /** True where text is an instruction or repeats what is known already. */
  get hidesText(): boolean {
    return this.fields.length > 0 && this.fields.some((field) => field.inCode || field.isComplete);
  }

  addCode(code: string): void {
    const field = this.fields.at(-1);
    if (field?.inCode && field.code.length < 4000) field.code += code;
  }

  /** Handles one field character. Returns text to add. */
  mark(element: XmlElement, text: string): string {
    const type = attributeOf(element, 'fldCharType');
    if (type === 'begin') {
      const value = readFormField(childOf(element, 'ffData'));
      const isVisible = !this.hidesText;
      this.fields.push({ code: '', inCode: true, start: undefined, isComplete: value !== undefined });
      return value !== undefined && isVisible ? value : '';
    }
    if (type === 'separate') {
      const field = this.fields.at(-1);
      if (field) Object.assign(field, { inCode: false, start: text.length });
      return '';
    }
    const field = type === 'end' ? this.fields.pop() : undefined;
    const target = field && !field.inCode ? readLinkCode(field.code) : undefined;
    if (!target || this.hidesText) return '';
    return formatTarget(target, field?.start === undefined ? '' : text.slice(field.start));
  }

  /** An instruction ends with its paragraph at the latest, so that a missing separator never hides the rest. */
  endParagraph(): void {
    if (this.fields.length === 0) return;
    this.fields = this.fields.filter((field) => !field.inCode);
    for (const field of this.fields) field.start = undefined;
  }
}

/** Returns " (target)" unless the text of the link says it already. */
export function formatTarget(target: string, text: string): string {
  const plain = target.replace(/^mailto:/i, '').trim();
  if (plain === '' || plain.startsWith('#') || /^javascript:/i.test(plain) || text.includes(plain)) return '';
  return text.trim() === '' ? plain : ` (${plain})`;
}
