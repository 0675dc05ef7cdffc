import { expect, it } from 'vitest';
import { classifyQuestion } from './classify-question.ts';

it.each([
  ['What is this document about?', 'overview'],
  ['Summarize the contract', 'overview'],
  ['Can you give me a summary of the lease?', 'overview'],
  ['What are the key points of the annual report?', 'overview'],
  ['What does this contract say?', 'overview'],
  ['Fasse den Vertrag zusammen', 'overview'],
  ['Worum geht es in diesem Dokument?', 'overview'],
  ['De quoi parle ce rapport ?', 'overview'],
  ['¿De qué trata este documento?', 'overview'],
  ['这份文件讲了什么?', 'overview'],
  ['List all parties', 'list'],
  ['Please list the deadlines.', 'list'],
  ['Which documents mention insulin?', 'list'],
  ['Nenne alle Vertragsparteien', 'list'],
  ['列出所有的供应商', 'list'],
  ['How many invoices are there, and their total?', 'count'],
  ['What is the total of all invoices?', 'count'],
  ['Wie viele Rechnungen gibt es?', 'count'],
  ['Combien de factures y a-t-il ?', 'count'],
  ['一共有多少张发票?', 'count'],
  ['Compare A and B', 'compare'],
  ['What is the difference between the 2023 and the 2024 policy?', 'compare'],
  ['Vergleiche die beiden Angebote', 'compare'],
  ['How tall is the lighthouse?', 'lookup'],
  ['Who signed the contract?', 'lookup'],
  ['What is the notice period?', 'lookup'],
  ['Why do pumps fail?', 'lookup'],
  ['Wie hoch ist der Turm?', 'lookup'],
  ['Quand a été construit le phare ?', 'lookup'],
  ['What does the contract say about termination?', 'lookup'],
  ['灯塔有多高?', 'lookup'],
  ['', 'lookup'],
])('%s: %s', (question, kind) => {
  expect(classifyQuestion(question)).toBe(kind);
});
