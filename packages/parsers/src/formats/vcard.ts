import { type ContentLine, readContentLines } from '../content-lines.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';

const LABELS: Record<string, string> = {
  NICKNAME: 'Nickname',
  ORG: 'Organization',
  TITLE: 'Title',
  ROLE: 'Role',
  TEL: 'Phone',
  EMAIL: 'Email',
  ADR: 'Address',
  URL: 'Link',
  BDAY: 'Birthday',
  ANNIVERSARY: 'Anniversary',
  NOTE: 'Note',
  CATEGORIES: 'Categories',
  IMPP: 'Messenger',
  RELATED: 'Related',
  GENDER: 'Gender',
  LANG: 'Language',
};
const SKIPPED = /^(?:BEGIN|END|VERSION|FN|N|UID|REV|PRODID|PHOTO|LOGO|SOUND|KEY|SORT-STRING|CLIENTPIDMAP)$/;

function formatLine({ name, parameters, value }: ContentLine): string {
  const types = (parameters.TYPE ?? '')
    .split(',')
    .filter((type) => type && !/^(?:internet|pref|x-.*|voice)$/i.test(type))
    .map((type) => type.toLowerCase());
  const label = LABELS[name] ?? name;
  const parts = value
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
  const shown = name === 'NOTE' ? value : parts.join(', ').replace(/^(?:mailto|tel):/i, '');
  return `${label}${types.length > 0 ? ` (${types.join(', ')})` : ''}: ${shown}`;
}

/** Gives a field of the program that wrote the card the label that the program shows for it. */
function labelExtensions(lines: readonly ContentLine[]): ContentLine[] {
  const labels = new Map(lines.filter(({ name }) => name === 'X-ABLABEL').map(({ group, value }) => [group, value]));
  return lines.flatMap((line) => {
    if (line.name === 'X-ABLABEL' && lines.some(({ group, name }) => group === line.group && name !== line.name))
      return [];
    const label =
      line.group === undefined ? undefined : labels.get(line.group)?.replace(/^_\$!<(.{1,100})>!\$_$/, '$1');
    if (!label) return [line];
    if (line.name.startsWith('X-')) return [{ ...line, name: label }];
    return [{ ...line, parameters: { ...line.parameters, TYPE: label } }];
  });
}

function addCard(document: DocumentBuilder, lines: readonly ContentLine[]): void {
  const parts = lines.find(({ name }) => name === 'N')?.value.split(';') ?? [];
  const composed = [parts[3], parts[1], parts[2], parts[0], parts[4]].filter(Boolean).join(' ');
  const name = lines.find((line) => line.name === 'FN')?.value || composed;
  document.section = name || undefined;
  if (name) document.add('heading', name, { level: 2 });
  const shown = lines.filter((line) => !SKIPPED.test(line.name) && line.value.replaceAll(';', '').trim() !== '');
  const otherName = composed && !isSameName(composed, name) ? [`Name: ${composed}`] : [];
  document.add('paragraph', [...otherName, ...shown.map(formatLine)].join('\n'));
}

function isSameName(a: string, b: string): boolean {
  const words = new Set(b.toLowerCase().split(/\s+/));
  return a
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.has(word));
}

export const vcardParser = defineFormat({
  formats: ['vcard'],
  extensions: ['vcf', 'vcard'],
  parse(_bytes, { document, readText }) {
    let card: ContentLine[] = [];
    let pictures = 0;
    for (const line of readContentLines(readText())) {
      if (line.name === 'BEGIN') card = [];
      else if (line.name === 'END') addCard(document, labelExtensions(card));
      else if (/^(?:PHOTO|LOGO|SOUND|KEY)$/.test(line.name)) pictures++;
      else card.push(line);
    }
    if (pictures > 0) document.warn(`Pictures, sounds and keys (${pictures}) were left out.`);
  },
});
