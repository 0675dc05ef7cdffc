import type { EvalMetrics, EvalOptions, EvalResult, EvalRun, GoldenItem, GoldenQuestion } from '@lorebox/contract/eval';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from '../../drizzle.ts';
import { workspaces } from '../workspaces/schema.ts';

export const goldenQuestions = sqliteTable(
  'golden_questions',
  {
    id: text().primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    question: text().notNull(),
    relevant: text({ mode: 'json' }).$type<GoldenQuestion['relevant']>().notNull(),
    answer: text(),
    answerable: integer({ mode: 'boolean' }).notNull(),
    source: text().$type<GoldenQuestion['source']>().notNull(),
    approved: integer({ mode: 'boolean' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    uniqueIndex('golden_questions_wording').on(table.workspaceId, table.question),
    index('golden_questions_workspace').on(table.workspaceId, table.id),
  ],
);

export const evalRuns = sqliteTable(
  'eval_runs',
  {
    id: text().primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    label: text().notNull(),
    options: text({ mode: 'json' }).$type<EvalOptions>().notNull(),
    setting: text({ mode: 'json' }).$type<EvalRun['setting']>().notNull(),
    state: text().$type<EvalRun['state']>().notNull(),
    message: text(),
    total: integer().notNull(),
    done: integer().notNull(),
    metrics: text({ mode: 'json' }).$type<EvalMetrics>(),
    startedAt: integer('started_at', { mode: 'timestamp_ms' }).notNull(),
    finishedAt: integer('finished_at', { mode: 'timestamp_ms' }),
  },
  (table) => [index('eval_runs_workspace').on(table.workspaceId, table.id), index('eval_runs_state').on(table.state)],
);

/** One row per question of a run, created at its start, so that a run uses the questions as they were then. */
export const evalResults = sqliteTable(
  'eval_results',
  {
    runId: text('run_id')
      .notNull()
      .references(() => evalRuns.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    question: text({ mode: 'json' }).$type<GoldenItem>().notNull(),
    result: text({ mode: 'json' }).$type<EvalResult>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.position] })],
);
