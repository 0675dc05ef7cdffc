import { i18n } from '../i18n/i18n.ts';

const CODES = 'ar bg da de el en es fi fr ga hi hu hy id it lt ne nl no pt ro ru sr sv ta tr uk'.split(' ');

/** Languages that documents can have, named in the language of the app. */
export function languageNames(): [code: string, name: string][] {
  const names = new Intl.DisplayNames([i18n.locale], { type: 'language' });
  const list = CODES.map((code): [string, string] => [code, names.of(code) ?? code]);
  return list.sort(([, a], [, b]) => a.localeCompare(b, i18n.locale));
}
