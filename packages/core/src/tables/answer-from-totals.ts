import type { Document } from '@lorebox/contract/document';
import type { ComputedFact, Material } from '../chat/material.ts';
import type { Passage } from '../chat/passage.ts';
import type { Turn } from '../chat/turn.ts';
import type { Services } from '../core.ts';
import { chooseDocuments } from '../reading/choose-documents.ts';
import { toPassages } from './cite-rows.ts';
import { Pacer } from './pacer.ts';
import { planQueries } from './plan-query.ts';
import { tokenize } from './question-tokens.ts';
import { type LabeledTotal, readLabeledTotal } from './read-labeled-total.ts';
import type { TableQuestion } from './read-question.ts';
import { runPlans } from './run-plans.ts';
import type { Column, Row, Table } from './table.ts';
import { typeColumns } from './type-columns.ts';

interface Invoice {
  document: Document;
  text: string;
  total: LabeledTotal;
}

const MAX_DOCUMENTS = 200;
/** Longer documents are reports, with totals of many things. */
const MAX_TEXT_LENGTH = 20_000;
const MAX_CITED = 20;

/**
 * Adds up short documents that each have one labeled total, such as invoices: they are the rows of a table. Null if some
 * have none, because the sum would be of a part.
 */
export async function answerFromTotals(
  core: Services,
  turn: Turn,
  asked: TableQuestion,
  signal: AbortSignal,
): Promise<Material | null> {
  const started = performance.now();
  if (!asked.functions.some((name) => name !== 'count')) return null;
  const { documents } = await chooseDocuments(core, turn, 'count');
  const invoices = documents.length <= MAX_DOCUMENTS ? await readInvoices(core, documents) : null;
  const [first] = invoices ?? [];
  if (!invoices || !first || invoices.length < 2) return null;
  const table = await toTable(invoices);
  const found = { ...first, table, view: 'documents', documentName: commonWords(documents) };
  const plans = planQueries(turn.question, asked, found);
  const answers = plans ? await runPlans(core, { found, plans, score: 0 }, signal) : [];
  if (answers.length === 0) return null;
  const passages: Passage[] = [];
  for (const invoice of invoices.slice(0, MAX_CITED)) {
    passages.push(...(await toPassages(core.stores, invoice, [invoice.total], passages.length + 1)));
  }
  const sources = passages.map(({ n }) => n);
  const computed = answers.map(
    ({ statement }): ComputedFact => ({ statement: statement.text, values: statement.values, sources }),
  );
  return {
    basis: 'tables',
    passages,
    mustRead: passages.length,
    promptTexts: new Map(),
    facts: computed.map(({ statement }) => statement),
    times: [],
    tableQueries: answers.map(({ plan, result }) => ({
      documentId: first.document.id,
      title: first.document.title,
      table: `${invoices.length} documents`,
      sql: plan.sql,
      columns: result.columns,
      rows: result.rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
      rowCount: result.rowCount,
      rowsRead: invoices.length,
      n: 1,
    })),
    computed,
    notices: [],
    readNotices: [],
    documentsMatching: invoices.length,
    itemsWanted: null,
    mustStatePart: false,
    ms: performance.now() - started,
  };
}

async function readInvoices({ stores }: Services, documents: readonly Document[]): Promise<Invoice[] | null> {
  const invoices: Invoice[] = [];
  for (const document of documents) {
    const stored = await stores.documents.readText(document.id, 0, MAX_TEXT_LENGTH);
    const total = stored && stored.length <= MAX_TEXT_LENGTH ? readLabeledTotal(stored.text) : null;
    if (!stored || !total) return null;
    invoices.push({ document, text: stored.text, total });
  }
  return invoices;
}

async function toTable(invoices: readonly Invoice[]): Promise<Table> {
  const cells = invoices.map(({ total }) => total.amount);
  const [typed] = await typeColumns([cells], new Pacer());
  const { values = [], ...column } = typed ?? {};
  const plain = { type: 'text', decimals: 0, unit: null, isMixed: false, isYearOnly: false } as const;
  const columns: Column[] = [
    { name: 'Document', ...plain },
    { name: 'Total', ...plain, ...column },
  ];
  const rows = invoices.map(
    ({ document, total: { start, end, amount } }, i): Row => ({
      number: i + 1,
      start,
      end,
      texts: [document.title, amount],
      values: [document.title, values[i] ?? null],
    }),
  );
  // A sum without one of the documents would be wrong.
  const isComplete = rows.every((row) => typeof row.values[1] === 'number');
  return { name: '', columns: isComplete ? columns : columns.slice(0, 1), rows, header: null };
}

/** Words that occur in the names of all documents: "invoice". */
function commonWords(documents: readonly Document[]): string {
  const [first, ...rest] = documents.map(
    ({ title, filename }) => new Set(tokenize(`${title} ${filename}`).map(({ text }) => text)),
  );
  return [...(first ?? [])].filter((word) => rest.every((words) => words.has(word))).join(' ');
}
