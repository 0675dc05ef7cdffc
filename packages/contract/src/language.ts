import { z } from 'zod';

/** Languages with a stemmer. */
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
  .describe('Language of the documents, for stemming. "auto" detects it per text. A change rebuilds the keyword index.')
  .meta({ id: 'WorkspaceLanguage' });
export type WorkspaceLanguage = z.infer<typeof WorkspaceLanguage>;
