import { useSyncExternalStore } from 'react';
import { i18n } from './i18n.ts';

export type Translate = (message: string, values?: Record<string, unknown>) => string;

/** Translates an English text. ICU plurals and selects work. */
export const t: Translate = (message, values) => i18n._(message, values, { message });

/** Returns the translate function and renders again when the language changes. */
export function useT(): Translate {
  useSyncExternalStore(subscribe, () => i18n.locale);
  return t;
}

function subscribe(listener: () => void): () => void {
  i18n.on('change', listener);
  return () => i18n.removeListener('change', listener);
}
