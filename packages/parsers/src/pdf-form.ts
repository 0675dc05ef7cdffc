/** The part of a pdf.js annotation that is used here. */
export interface PdfAnnotation {
  subtype?: string;
  fieldType?: string;
  fieldName?: string;
  fieldValue?: unknown;
  alternativeText?: string;
  checkBox?: boolean;
  radioButton?: boolean;
  pushButton?: boolean;
  buttonValue?: unknown;
  exportValue?: unknown;
  options?: { exportValue: string; displayValue: string }[];
  contentsObj?: { str: string };
  textContent?: string[];
  hidden?: boolean;
  url?: string;
}

function readValue(field: PdfAnnotation): string {
  const values = Array.isArray(field.fieldValue) ? field.fieldValue : [field.fieldValue];
  const shown = values.map(
    (value) => field.options?.find((option) => option.exportValue === value)?.displayValue ?? value,
  );
  return shown.filter((value) => typeof value === 'string' && value !== '').join(', ');
}

/** Returns form fields as "caption: value", free text and comments unchanged, and the addresses of links in one line. */
export function readAnnotations(annotations: PdfAnnotation[]): string[] {
  const lines: string[] = [];
  const links = new Set<string>();
  for (const annotation of annotations) {
    if (annotation.subtype === 'Widget') {
      const caption = annotation.alternativeText || annotation.fieldName?.split('.').pop() || '';
      const value = readValue(annotation);
      if (annotation.pushButton) continue;
      if (annotation.checkBox || annotation.radioButton) {
        const on = annotation.checkBox ? annotation.exportValue : annotation.buttonValue;
        const isOn = value !== '' && value !== 'Off' && (on === undefined || on === null || value === on);
        if (isOn) lines.push(`${caption}: ${annotation.radioButton ? value : 'yes'}`);
        else if (annotation.checkBox) lines.push(`${caption}: no`);
      } else if (value) lines.push(caption ? `${caption}: ${value}` : value);
    } else if (annotation.subtype === 'FreeText') {
      const text = annotation.textContent?.join(' ') || annotation.contentsObj?.str || '';
      if (text) lines.push(text);
    } else if (annotation.subtype === 'Link') {
      if (annotation.url && /^(?:https?|mailto|ftp|tel):/i.test(annotation.url)) links.add(annotation.url);
    } else if (annotation.subtype !== 'Popup' && annotation.contentsObj?.str) {
      lines.push(`Comment: ${annotation.contentsObj.str}`);
    }
  }
  return links.size > 0 ? [...lines, `Links: ${[...links].join(' ')}`] : lines;
}
