import type { TableQuery } from '@lorebox/contract/chat';
import type { ComputedFact, Material } from '../chat/material.ts';
import type { Passage } from '../chat/passage.ts';
import type { Turn } from '../chat/turn.ts';
import type { Services } from '../core.ts';
import { addResults } from './add-results.ts';
import { answerFromTotals } from './answer-from-totals.ts';
import { citeRows, toPassages } from './cite-rows.ts';
import { nameTable } from './describe-result.ts';
import { findTables } from './find-tables.ts';
import { planQueries } from './plan-query.ts';
import { readTableQuestion } from './read-question.ts';
import { type PlannedTable, runPlans, type TableAnswer } from './run-plans.ts';

/** More tables that fit equally well are a sign that the question means none of them. */
const MAX_ANSWERS = 20;

/** Answers a question for a number or a list of values from tables. Null if no table explains the question. */
export async function answerFromTables(core: Services, turn: Turn, signal: AbortSignal): Promise<Material | null> {
  const started = performance.now();
  const asked = readTableQuestion(turn.question);
  if (!asked || turn.images.length > 0) return null;
  const planned = (await findTables(core, turn)).flatMap((found): PlannedTable[] => {
    const plans = planQueries(turn.question, asked, found);
    return plans ? [{ found, plans, score: plans[0]?.score ?? 0 }] : [];
  });
  const best = planned.reduce((max, { score }) => Math.max(max, score), Number.NEGATIVE_INFINITY);
  const chosen = planned.filter(({ score }) => score === best);
  if (chosen.length > MAX_ANSWERS) return null;
  try {
    if (chosen.length === 0) return await answerFromTotals(core, turn, asked, signal);
    const answers: TableAnswer[] = [];
    for (const each of chosen) answers.push(...(await runPlans(core, each, signal)));
    return answers.length === 0 ? null : await toMaterial(core, answers, started);
  } catch (error) {
    signal.throwIfAborted();
    core.log.warn({ workspaceId: turn.workspace.id, error: String(error) }, 'table query failed');
    return null;
  }
}

async function toMaterial(core: Services, answers: readonly TableAnswer[], started: number): Promise<Material> {
  const passages: Passage[] = [];
  const tableQueries: TableQuery[] = [];
  const computed: ComputedFact[] = [];
  const isSeveral = new Set(answers.map(({ found }) => found)).size > 1;
  for (const answer of answers) {
    const own = await toPassages(
      core.stores,
      answer.found,
      citeRows(answer.found, answer.rowNumbers, answer.rowCount),
      passages.length + 1,
    );
    const [first] = own;
    if (!first) continue;
    passages.push(...own);
    tableQueries.push(toTableQuery(answer, first.n));
    computed.push(toFact(answer, own, isSeveral));
  }
  const total = addResults(answers, computed);
  const facts = total ? [...computed, total] : computed;
  return {
    basis: 'tables',
    passages,
    mustRead: passages.length,
    promptTexts: new Map(),
    facts: facts.map(({ statement }) => statement),
    times: [],
    tableQueries,
    computed: facts,
    notices: [],
    readNotices: [],
    documentsMatching: new Set(passages.map(({ documentId }) => documentId)).size,
    itemsWanted: null,
    mustStatePart: false,
    ms: performance.now() - started,
  };
}

function toTableQuery({ found, plan, result }: TableAnswer, n: number): TableQuery {
  const { document, table } = found;
  return {
    documentId: document.id,
    title: document.title,
    table: table.name || document.title,
    sql: plan.sql,
    columns: result.columns,
    rows: result.rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
    rowCount: result.rowCount,
    rowsRead: table.rows.length,
    n,
  };
}

function toFact({ found, statement }: TableAnswer, passages: readonly Passage[], isSeveral: boolean): ComputedFact {
  const place = isSeveral ? `${nameTable(found.document.title, found.table.name)}: ` : '';
  return { statement: `${place}${statement.text}`, values: statement.values, sources: passages.map(({ n }) => n) };
}
