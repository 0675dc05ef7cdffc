import { expect, it } from 'vitest';
import type { Passage } from './passage.ts';
import { quoteTranslated } from './quote-translated.ts';

const passage = (n: number, text: string): Passage => ({
  ...{ n, chunkId: `c${n}`, documentId: 'd', externalId: null, title: 'T', filename: 'f', page: null, section: null },
  ...{ startTime: null, endTime: null, start: 0, end: text.length, text, score: 1 },
});
const passages = [
  passage(1, 'The refund is paid to the customer within 14 days of the return.'),
  passage(2, 'Die Erstattung wird dem Kunden innerhalb von 14 Tagen gezahlt.'),
  passage(3, 'The cat sleeps on the sofa, and it is not to be woken.'),
];
const question = 'Wann bekomme ich das Geld für die Ware zurück und wie ist das?';

it('quotes close passages in another language', () => {
  const answer = quoteTranslated(question, { passages, similar: new Set([1, 2]) }, null);
  expect(answer).toContain('> The refund is paid to the customer within 14 days of the return. [1]');
  expect(answer).not.toContain('[2]');
  expect(answer).not.toContain('[3]');
});

it('quotes nothing if no passage is close, or all are in the language of the question', () => {
  expect(quoteTranslated(question, { passages, similar: new Set() }, null)).toBeNull();
  expect(quoteTranslated(question, { passages, similar: new Set([2]) }, null)).toBeNull();
  expect(quoteTranslated('12345', { passages, similar: new Set([1]) }, null)).toBeNull();
});
