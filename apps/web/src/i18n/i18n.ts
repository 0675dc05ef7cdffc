import { setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';

export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  zh: '中文',
  ar: 'العربية',
} as const;
export type Language = keyof typeof LANGUAGES;

const RTL: ReadonlySet<Language> = new Set(['ar']);
const STORAGE_KEY = 'lorebox.language';

/** Message ids are the English texts, so English has no catalog. */
const CATALOGS: Record<Exclude<Language, 'en'>, () => Promise<{ default: Record<string, string> }>> = {
  de: () => import('./locales/de.json'),
  es: () => import('./locales/es.json'),
  zh: () => import('./locales/zh.json'),
  ar: () => import('./locales/ar.json'),
};

export const i18n = setupI18n();
i18n.setMessagesCompiler(compileMessage);
i18n.load('en', {});
i18n.activate('en');

export const isLanguage = (value: unknown): value is Language => typeof value === 'string' && value in LANGUAGES;

/** The language that this browser used last, or the first one of the browser's list that the app has. */
export function initialLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(stored)) return stored;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

export async function activateLanguage(language: Language): Promise<void> {
  if (language !== 'en') i18n.load(language, (await CATALOGS[language]()).default);
  i18n.activate(language);
  localStorage.setItem(STORAGE_KEY, language);
  document.documentElement.lang = language;
  document.documentElement.dir = RTL.has(language) ? 'rtl' : 'ltr';
}
