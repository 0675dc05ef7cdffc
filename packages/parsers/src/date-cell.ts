const DAY_MS = 86_400_000;

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}

/** "14:29", with seconds and milliseconds only if there are any. */
function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000) % 60;
  const rest = ms % 1000;
  const time = `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}`;
  if (seconds === 0 && rest === 0) return time;
  return `${time}:${pad(seconds)}${rest === 0 ? '' : `.${pad(rest, 3)}`}`;
}

/** Elapsed time as "[h]:mm", "[mm]:ss" or "[ss]" show it, with every unit that the value has. */
function formatElapsed(ms: number, unit: string): string {
  const sign = ms < 0 ? '-' : '';
  const total = Math.abs(ms);
  const rest = total % 1000 === 0 ? '' : `.${pad(total % 1000, 3)}`;
  const seconds = Math.floor(total / 1000);
  if (unit === 's') return `${sign}${seconds}${rest}`;
  if (unit === 'm') return `${sign}${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}${rest}`;
  const minutes = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 && rest === '' ? sign + minutes : `${sign}${minutes}:${pad(seconds % 60)}${rest}`;
}

/** Text in quotes and escaped characters are not parts of a date; a bracket may be a color, a locale or a unit. */
function stripLiterals(format: string): string {
  return format.replace(/"[^"]{0,200}"|\\./g, '').replace(/\[(?!(?:h+|m+|s+)\])[^\]]{0,100}\]/gi, '');
}

/** True if the number format shows a date or a time. */
export function isDateFormat(format: string): boolean {
  const first = stripLiterals(format).split(';', 1)[0] as string;
  return !/^general$/i.test(first) && !/[#?]/.test(first) && /[dmyhs]/i.test(first.replace(/e[+-]/gi, ''));
}

/**
 * Returns the text of a date cell from its serial number (days since the epoch of the workbook), rounded to
 * milliseconds. Dates look the same in every locale: "2024-04-10", "2024-04-10 01:44", "01:44". Undefined if the
 * number isn't a date.
 */
export function showSerial(serial: number, format: string, uses1904: boolean): string | undefined {
  const elapsed = /\[(h+|m+|s+)\]/i.exec(stripLiterals(format))?.[1]?.[0]?.toLowerCase();
  if (elapsed) return formatElapsed(Math.round(serial * DAY_MS), elapsed);
  if (serial < 0 || serial >= 2_958_466) return undefined;
  const ms = Math.round(serial * DAY_MS);
  const day = Math.floor(ms / DAY_MS);
  const time = ms - day * DAY_MS;
  const showsDay = /[dy]|mmm/i.test(stripLiterals(format));
  if (day === 0 && !showsDay) return formatTime(time);
  const date = formatDay(day, uses1904);
  return time === 0 ? date : `${date} ${formatTime(time)}`;
}

/** Day 60 of the 1900 calendar is a day that never was: 1900 counts as a leap year there. */
function formatDay(day: number, uses1904: boolean): string {
  if (!uses1904 && day === 60) return '1900-02-29';
  const epoch = uses1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(epoch + day * DAY_MS).toISOString().slice(0, 10);
}
