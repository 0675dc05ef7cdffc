import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ParseFailure } from '@lorebox/ports/parser';
import type { OcrSettings } from './settings.ts';

const require = createRequire(import.meta.url);
/**
 * The packages contain two data sets. The smaller one reads alphabets equally well, but not Chinese, Japanese and
 * Korean.
 */
const listVariants = (language: string) =>
  /^(?:chi|jpn|kor)/.test(language) ? ['4.0.0', '4.0.0_best_int'] : ['4.0.0_best_int', '4.0.0'];

/**
 * Returns the path of a language's data: from a folder of the operator, otherwise from an installed
 * `@tesseract.js-data` package.
 */
export function findLanguage(language: string, folders: readonly string[]): string | undefined {
  const names = [`${language}.traineddata`, `${language}.traineddata.gz`];
  const places = [...folders];
  try {
    const installed = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
    places.push(...listVariants(language).map((variant) => join(installed, variant)));
  } catch {
    // Not installed.
  }
  return places.flatMap((place) => names.map((name) => join(place, name))).find((path) => existsSync(path));
}

export function findMissingLanguages({ languages, folders }: Pick<OcrSettings, 'languages' | 'folders'>): string[] {
  return languages.filter((language) => findLanguage(language, folders) === undefined);
}

/** @throws ParseFailure that says where to put the data of a missing language. */
export function findLanguages(settings: OcrSettings): { language: string; path: string }[] {
  const missing = findMissingLanguages(settings);
  if (missing.length > 0) {
    const files = missing.map((language) => `${language}.traineddata`).join(', ');
    throw new ParseFailure(
      'needs-ocr',
      `This file requires text recognition (OCR), but the data for "${missing.join('", "')}" is not installed. Copy ${files} to the folder "ocr" in the data folder, or remove the language from LOREBOX_OCR_LANGUAGES, and try again.`,
    );
  }
  return settings.languages.map((language) => ({
    language,
    path: findLanguage(language, settings.folders) as string,
  }));
}
