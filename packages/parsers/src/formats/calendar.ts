import { type ContentLine, readContentLines } from '../content-lines.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';

const LABELS: Record<string, string> = {
  DTSTART: 'Start',
  DTEND: 'End',
  DUE: 'Due',
  DURATION: 'Duration',
  LOCATION: 'Location',
  ORGANIZER: 'Organizer',
  ATTENDEE: 'Attendee',
  STATUS: 'Status',
  RRULE: 'Repeats',
  RDATE: 'Also on',
  EXDATE: 'Except on',
  CATEGORIES: 'Categories',
  URL: 'Link',
  CONTACT: 'Contact',
  COMMENT: 'Comment',
  DESCRIPTION: 'Description',
  PRIORITY: 'Priority',
  COMPLETED: 'Completed',
  'PERCENT-COMPLETE': 'Percent complete',
  RESOURCES: 'Resources',
  ATTACH: 'Attachment',
  TRIGGER: 'Reminder',
};
/** Bookkeeping of calendar programs. */
const SKIPPED =
  /^(?:BEGIN|END|UID|DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE|TRANSP|CLASS|ACTION|PRODID|VERSION|CALSCALE|METHOD|X-.*|RECURRENCE-ID|TZ.*)$/;

/** 20240301T090000Z as "2024-03-01 09:00 UTC". */
function formatTime({ value, parameters }: ContentLine): string {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/.exec(value);
  if (!parts) return value;
  const [, year, month, day, hour, minute, , utc] = parts;
  const zone = utc ? ' UTC' : parameters.TZID ? ` ${parameters.TZID}` : '';
  return `${year}-${month}-${day}${hour ? ` ${hour}:${minute}${zone}` : ''}`;
}

function formatLine(line: ContentLine): string {
  const { name, value, parameters } = line;
  const label = LABELS[name] ?? name;
  if (name === 'ORGANIZER' || name === 'ATTENDEE') {
    const address = value.replace(/^mailto:/i, '');
    const state = parameters.PARTSTAT ? ` (${parameters.PARTSTAT.toLowerCase()})` : '';
    return `${label}: ${parameters.CN ? `${parameters.CN} <${address}>` : address}${state}`;
  }
  return `${label}: ${/^(?:DT|DUE|RDATE|EXDATE|COMPLETED)/.test(name) ? formatTime(line) : value}`;
}

function addComponent(document: DocumentBuilder, lines: readonly ContentLine[]): void {
  const title = lines.find(({ name }) => name === 'SUMMARY')?.value;
  document.section = title?.replaceAll('\n', ' ');
  if (title) document.add('heading', title, { level: 2 });
  const shown = lines.filter(({ name, value }) => name !== 'SUMMARY' && !SKIPPED.test(name) && value !== '');
  document.add('paragraph', shown.map(formatLine).join('\n'));
}

export const calendarParser = defineFormat({
  formats: ['calendar'],
  extensions: ['ics', 'ical', 'ifb'],
  parse(_bytes, { document, readText }) {
    let component: ContentLine[] = [];
    let depth = 0;
    let isTimeZone = false;
    for (const line of readContentLines(readText())) {
      const kind = line.value.toUpperCase();
      if (line.name === 'BEGIN') {
        depth++;
        if (kind === 'VTIMEZONE') isTimeZone = true;
        if (depth === 2) component = [];
      } else if (line.name === 'END') {
        depth--;
        if (depth === 1 && !isTimeZone) addComponent(document, component);
        if (kind === 'VTIMEZONE') isTimeZone = false;
      } else if (depth === 1 && line.name === 'X-WR-CALNAME') document.title = line.value;
      else if (depth > 1) component.push(line);
    }
  },
});
