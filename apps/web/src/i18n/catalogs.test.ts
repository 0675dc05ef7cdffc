import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { describe, expect, it } from 'vitest';
import { listTexts } from './list-texts.ts';

const texts = listTexts();

/** Names of placeholders, with those of plurals. */
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*(?:\}|,\s*(?:plural|select))/g)].map(([, name]) => name))].sort();

it('finds the texts of the app', () => {
  expect(texts.length).toBeGreaterThan(300);
  for (const text of texts) expect(() => compileMessage(text), text).not.toThrow();
});

describe.each(['de', 'es', 'zh', 'ar'])('the catalog %s', (language) => {
  const catalog = JSON.parse(readFileSync(join(import.meta.dirname, 'locales', `${language}.json`), 'utf8')) as Record<
    string,
    string
  >;

  it('has every text of the app, and no others', () => {
    expect(texts.filter((text) => !catalog[text]?.trim())).toEqual([]);
    expect(Object.keys(catalog).filter((text) => !texts.includes(text))).toEqual([]);
  });

  it('has valid messages with the same placeholders', () => {
    for (const [text, translation] of Object.entries(catalog)) {
      expect(() => compileMessage(translation), translation).not.toThrow();
      expect(placeholders(translation), text).toEqual(placeholders(text));
    }
  });

  it('has the plural forms of the language', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [text, translation] of Object.entries(catalog)) {
      if (!/, plural,/.test(translation)) continue;
      for (const category of categories.filter((name) => !['zero', 'many'].includes(name) || language === 'ar'))
        expect(`${translation} `, `${text}: ${category}`).toMatch(new RegExp(`${category} \\{|=\\d+ \\{.*other \\{`));
    }
  });
});
