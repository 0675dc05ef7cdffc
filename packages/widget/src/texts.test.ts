import { expect, it } from 'vitest';
import { fill, TEXTS } from './texts.ts';

it.each(Object.entries(TEXTS))('has every text in %s, with the same placeholders', (_language, texts) => {
  for (const [name, english] of Object.entries(TEXTS.en)) {
    const text = texts[name as keyof typeof texts];
    expect(text.trim(), name).not.toBe('');
    expect(text.match(/\{\w+\}/g)).toEqual(english.match(/\{\w+\}/g));
  }
});

it('fills in values as text', () => {
  expect(fill('{n}: {title}', { n: 1, title: '$& <b>' })).toBe('1: $& <b>');
});
