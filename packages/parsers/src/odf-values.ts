import { showNumber } from './number-cell.ts';
import { attributeOf, type XmlElement } from './xml.ts';

/** "2024-04-10T01:43:59.999999" is 01:44: programs store times with rounding errors. */
function showDate(value: string): string | undefined {
  const match = /^(-?\d{4,6}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d(?:[.,]\d+)?))?)?/.exec(value);
  if (!match) return undefined;
  const [, day, hours, minutes, seconds] = match;
  if (hours === undefined) return day;
  const ms = Math.round(Number((seconds ?? '0').replace(',', '.')) * 1000);
  const at = Date.parse(`${day}T${hours}:${minutes}:00.000Z`) + ms;
  if (Number.isNaN(at)) return undefined;
  const iso = new Date(at).toISOString();
  if (iso.endsWith('T00:00:00.000Z')) return iso.slice(0, 10);
  const end = iso.endsWith(':00.000Z') ? 16 : iso.endsWith('.000Z') ? 19 : 23;
  return iso.slice(0, end).replace('T', ' ');
}

/** "PT42H05M00S" is 42:05. */
function showDuration(value: string): string | undefined {
  const match = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/.exec(value);
  if (!match) return undefined;
  const [, sign = '', days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const ms =
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 +
    Math.round(Number(seconds.replace(',', '.')) * 1000);
  const pad = (part: number, length = 2) => String(part).padStart(length, '0');
  const text = `${sign}${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}`;
  if (ms % 60_000 === 0) return text;
  return `${text}:${pad(Math.floor(ms / 1000) % 60)}${ms % 1000 === 0 ? '' : `.${pad(ms % 1000, 3)}`}`;
}

/**
 * Returns the text of a cell by its stored value; `shown` is the text that the program displayed. Cells of text
 * documents and text cells have only the latter.
 */
export function showOdfValue(cell: XmlElement, shown: string): string {
  const stored = (name: string) => attributeOf(cell, name);
  switch (stored('value-type')) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const value = Number(stored('value') ?? Number.NaN);
      return Number.isFinite(value) ? showNumber(value, shown) : shown;
    }
    case 'date':
      return showDate(stored('date-value') ?? '') ?? shown;
    case 'time':
      return showDuration(stored('time-value') ?? '') ?? shown;
    case 'boolean':
      return (stored('boolean-value') ?? shown).toUpperCase();
    case 'string':
      return shown || (stored('string-value') ?? '');
    default:
      return shown;
  }
}

/** Returns "=SUM(B2:B3)" for a formula without a stored result. */
export function readUncachedFormula(cell: XmlElement, shown: string): string | undefined {
  const formula = attributeOf(cell, 'formula');
  if (!formula || shown !== '' || attributeOf(cell, 'value-type') !== undefined) return undefined;
  return `=${formula
    .replace(/^[a-z]+:/, '')
    .replace(/^=/, '')
    .replaceAll('[.', '')
    .replaceAll(':.', ':')
    .replaceAll(']', '')}`;
}
