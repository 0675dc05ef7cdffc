import { z } from 'zod';

/** Languages whose word forms a search can put together. */
export const LANGUAGES = [
  'ar',
  'bg',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fi',
  'fr',
  'ga',
  'hi',
  'hu',
  'hy',
  'id',
  'it',
  'lt',
  'ne',
  'nl',
  'no',
  'pt',
  'ro',
  'ru',
  'sr',
  'sv',
  'ta',
  'tr',
  'uk',
] as const;

export const Language = z.enum(LANGUAGES).meta({ id: 'Language' });
export type Language = z.infer<typeof Language>;

export const WorkspaceLanguage = z
  .enum(['auto', ...LANGUAGES])
  .describe(
    'Of its documents, for the forms of words; "auto" finds it out text by text. After a change the index is made anew.',
  )
  .meta({ id: 'WorkspaceLanguage' });
export type WorkspaceLanguage = z.infer<typeof WorkspaceLanguage>;
