import type { Document } from '@lorebox/contract/document';
import { foldQuestion } from './fold-question.ts';

/** A month of a year; either may be missing. */
export interface Period {
  year: number | null;
  /** 1 to 12. */
  month: number | null;
}

const NEWEST =
  /\b(?:newest|latest|most recent|neueste[nmrs]?|aktuellste[nmrs]?|letzte[nmrs]?|dernier|derniere|le plus recent|ultimo|ultima|mas reciente|mais recente|ultimo|ultima)\b|最新|最近的/;
const OLDEST =
  /\b(?:oldest|earliest|alteste[nmrs]?|fruheste[nmrs]?|le plus ancien|la plus ancienne|mas antigu[oa]|mais antig[oa]|piu vecchi[oa])\b|最早|最旧/;
const MONTHS: readonly (readonly string[])[] = [
  ['january', 'januar', 'janvier', 'enero', 'janeiro', 'gennaio', 'januari'],
  ['february', 'februar', 'fevrier', 'febrero', 'fevereiro', 'febbraio', 'februari'],
  ['march', 'marz', 'mars', 'marzo', 'marco', 'maart'],
  ['april', 'avril', 'abril', 'aprile'],
  ['may', 'mai', 'mayo', 'maio', 'maggio', 'mei'],
  ['june', 'juni', 'juin', 'junio', 'junho', 'giugno'],
  ['july', 'juli', 'juillet', 'julio', 'julho', 'luglio'],
  ['august', 'aout', 'agosto', 'augustus'],
  ['september', 'septembre', 'septiembre', 'setembro', 'settembre'],
  ['october', 'oktober', 'octobre', 'octubre', 'outubro', 'ottobre'],
  ['november', 'novembre', 'noviembre', 'novembro'],
  ['december', 'dezember', 'decembre', 'diciembre', 'dezembro', 'dicembre'],
];
const DATE_KEYS = ['date', 'sent', 'received', 'published', 'created', 'modified'];

export function superlativeOf(question: string): 'newest' | 'oldest' | null {
  const text = foldQuestion(question);
  if (NEWEST.test(text)) return 'newest';
  return OLDEST.test(text) ? 'oldest' : null;
}

/** The month or year that a question asks for: "mails in March", "reports from 2023", "2024-03". Null if none. */
export function periodOf(question: string): Period | null {
  const text = foldQuestion(question);
  const iso = /\b((?:19|20)\d\d)-(0[1-9]|1[0-2])\b/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]) };
  const year = /\b(?:in|from|of|im|aus|von|en|de|do|del|nel|dal|uit)\s(?:\p{L}{3,12}\s)?((?:19|20)\d\d)\b/u.exec(
    text,
  )?.[1];
  const words = new Set(text.split(/[^\p{L}]+/u));
  const index = MONTHS.findIndex((names) => names.some((name) => words.has(name)));
  // "May" is also a verb.
  const isMonth =
    index >= 0 && (index !== 4 || /\b(?:in|of|from) may\b|\bmay (?:19|20)\d\d\b/.test(text) || !words.has('may'));
  if (!isMonth && year === undefined) return null;
  return { year: year === undefined ? null : Number(year), month: isMonth ? index + 1 : null };
}

/** Date of the content: from the metadata, otherwise the time of the upload. `isOwn` is false for the latter. */
export function dateOfDocument({ metadata, createdAt }: Document): { date: Date; isOwn: boolean } {
  for (const key of DATE_KEYS) {
    const value = metadata[key];
    const date = typeof value === 'string' && /^\d{4}-\d\d/.test(value) ? new Date(value) : null;
    if (date && !Number.isNaN(date.getTime())) return { date, isOwn: true };
  }
  return { date: createdAt, isOwn: false };
}

/** Only dates of the content count: a period rarely means the upload. */
export function isInPeriod({ date, isOwn }: ReturnType<typeof dateOfDocument>, { year, month }: Period): boolean {
  if (!isOwn) return false;
  return (year === null || date.getUTCFullYear() === year) && (month === null || date.getUTCMonth() + 1 === month);
}

export function rankByAge(documents: readonly Document[], order: 'newest' | 'oldest'): Document[] {
  const sign = order === 'newest' ? -1 : 1;
  const timeOf = (document: Document) => dateOfDocument(document).date.getTime();
  return [...documents].sort((a, b) => sign * (timeOf(a) - timeOf(b)));
}
