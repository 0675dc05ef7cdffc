import { i18n } from './i18n.ts';

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  name: string,
  create: (locale: string) => T,
): T {
  const key = `${i18n.locale} ${name}`;
  const known = cache.get(key) as T | undefined;
  if (known) return known;
  const created = create(i18n.locale);
  cache.set(key, created);
  return created;
}

export const formatNumber = (value: number) =>
  cached('number', (locale) => new Intl.NumberFormat(locale)).format(value);

export const formatPercent = (value: number) =>
  cached('percent', (locale) => new Intl.NumberFormat(locale, { style: 'percent' })).format(value);

export const formatDate = (value: Date) =>
  cached('date', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })).format(value);

export const formatDateTime = (value: Date) =>
  cached('date-time', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })).format(
    value,
  );

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "2 hours ago". */
export function formatAgo(value: Date, now = Date.now()): string {
  const seconds = (value.getTime() - now) / 1000;
  const format = cached('relative', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  for (const [unit, length] of UNITS)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  return format.format(0, 'second');
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[power] ?? 'byte';
  return cached(
    `bytes ${unit}`,
    (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  ).format(bytes / 1000 ** power);
}

/** "1:02:03" or "2:03". */
export function formatTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** "4 min" or "30 sec", for durations of which the seconds don't matter. */
export function formatDuration(seconds: number): string {
  const [unit, value] =
    seconds < 60
      ? (['second', Math.ceil(seconds)] as const)
      : seconds < 3600
        ? (['minute', Math.ceil(seconds / 60)] as const)
        : (['hour', Math.round(seconds / 360) / 10] as const);
  return cached(
    `duration ${unit}`,
    (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
  ).format(value);
}
