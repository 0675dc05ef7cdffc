import { attributeOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

function describeControl(control: XmlElement): string {
  const read = (name: string) => attributeOf(control, name)?.trim() ?? '';
  const label = read('label');
  if (control.name === 'checkbox') return `${read('current-state') === 'checked' ? '☒' : '☐'} ${label}`.trim();
  if (control.name === 'radio') return `${read('current-selected') === 'true' ? '☒' : '☐'} ${label}`.trim();
  if (control.name === 'listbox') {
    const options = childrenOf(control, 'option');
    const chosen = options.filter((option) => attributeOf(option, 'current-selected') === 'true');
    return (chosen.length > 0 ? chosen : options).map((option) => attributeOf(option, 'label') ?? '').join(', ');
  }
  return read('current-value') || read('value') || label || textOf(control).trim();
}

const CONTROLS = /^(checkbox|radio|listbox|combobox|text|textarea|formatted-text|number|date|time|fixed-text|button)$/;

/** Returns the text of form controls by their id: their state, chosen entry or value. */
export function readForms(forms: XmlElement): Map<string, string> {
  const controls = new Map<string, string>();
  const visit = (element: XmlElement) => {
    for (const child of childrenOf(element)) {
      if (CONTROLS.test(child.name)) {
        const id = attributeOf(child, 'id');
        if (id) controls.set(id, describeControl(child));
      } else visit(child);
    }
  };
  visit(forms);
  return controls;
}

/** Returns the state of a form field that came from Word, or undefined if its text says it. */
export function readFieldMark(mark: XmlElement): string | undefined {
  const parameters = findAll(mark, 'param').map((parameter) => [
    attributeOf(parameter, 'name') ?? '',
    attributeOf(parameter, 'value') ?? '',
  ]);
  const type = attributeOf(mark, 'type') ?? '';
  const parameterOf = (name: string) => parameters.find(([key]) => key === name)?.[1];
  if (type.endsWith('FORMCHECKBOX')) return parameterOf('Checkbox_Checked') === 'true' ? '☒' : '☐';
  if (!type.endsWith('FORMDROPDOWN')) return undefined;
  const entries = parameters.filter(([key]) => key === 'Dropdown_ListEntry').map(([, value]) => value);
  return entries[Number(parameterOf('Dropdown_Selected') ?? 0)];
}
