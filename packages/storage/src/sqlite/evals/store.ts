import type { EvalStore } from '@lorebox/ports/eval-store';
import { and, asc, desc, eq, gt, isNull, lt, or, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { messages, threads } from '../threads/schema.ts';
import { seenBy, whoOf } from '../threads/seen-by.ts';
import { evalCommands } from './commands.ts';
import { evalResults, evalRuns, goldenQuestions } from './schema.ts';

export const evalEntity = defineEntity(evalCommands, ({ orm }, writer): EvalStore => {
  return {
    addQuestions: (questions) => writer.run('evals.addQuestions', questions),
    async listQuestions({ workspaceId, approved, cursor, limit }) {
      const where = and(
        eq(goldenQuestions.workspaceId, workspaceId),
        approved === undefined ? undefined : eq(goldenQuestions.approved, approved),
        cursor ? gt(goldenQuestions.id, cursor) : undefined,
      );
      const found = orm.select().from(goldenQuestions).where(where).orderBy(asc(goldenQuestions.id));
      return toPage(
        found.limit(limit + 1).all(),
        limit,
        (row) => row,
        (row) => row.id,
      );
    },
    async getQuestion(id) {
      return orm.select().from(goldenQuestions).where(eq(goldenQuestions.id, id)).get() ?? null;
    },
    updateQuestion: (id, change) => writer.run('evals.updateQuestion', { id, change }),
    removeQuestion: (id) => writer.run('evals.removeQuestion', id),
    startRun: (run) => writer.run('evals.startRun', run),
    async getRun(id) {
      return orm.select().from(evalRuns).where(eq(evalRuns.id, id)).get() ?? null;
    },
    async listRuns({ workspaceId, cursor, limit }) {
      const where = and(eq(evalRuns.workspaceId, workspaceId), cursor ? lt(evalRuns.id, cursor) : undefined);
      const found = orm.select().from(evalRuns).where(where).orderBy(desc(evalRuns.id));
      return toPage(
        found.limit(limit + 1).all(),
        limit,
        (row) => row,
        (row) => row.id,
      );
    },
    async unfinishedRuns() {
      return orm.select().from(evalRuns).where(eq(evalRuns.state, 'running')).orderBy(asc(evalRuns.id)).all();
    },
    async nextQuestion(runId) {
      const open = and(eq(evalResults.runId, runId), isNull(evalResults.result));
      const found = orm.select().from(evalResults).where(open).orderBy(asc(evalResults.position)).limit(1).get();
      return found ? { position: found.position, question: found.question } : null;
    },
    saveResult: (runId, position, result) => writer.run('evals.saveResult', { runId, position, result }),
    finishRun: (id, end) => writer.run('evals.finishRun', { id, ...end }),
    async listResults({ runId, cursor, limit }) {
      const where = and(
        eq(evalResults.runId, runId),
        sql`${evalResults.result} is not null`,
        cursor ? gt(evalResults.position, Number(cursor)) : undefined,
      );
      const found = orm.select().from(evalResults).where(where).orderBy(asc(evalResults.position));
      const { items, nextCursor } = toPage(
        found.limit(limit + 1).all(),
        limit,
        ({ result }) => result,
        ({ position }) => position,
      );
      return { items: items.flatMap((result) => result ?? []), nextCursor };
    },
    removeRun: (id) => writer.run('evals.removeRun', id),
    async ratedUp(workspaceId, viewer) {
      const rated = orm
        .select({ message: messages })
        .from(messages)
        .innerJoin(threads, eq(threads.id, messages.threadId))
        .where(
          and(
            eq(messages.workspaceId, workspaceId),
            eq(messages.feedback, 'up'),
            or(eq(messages.feedbackShared, true), seenBy(viewer)),
          ),
        )
        .orderBy(asc(messages.id))
        .all({ who: whoOf(viewer) });
      return rated.flatMap(({ message: { id, threadId, text, citations } }) => {
        const before = and(eq(messages.threadId, threadId), eq(messages.role, 'user'), lt(messages.id, id));
        const asked = orm.select().from(messages).where(before).orderBy(desc(messages.id)).limit(1).get();
        const places = citations.map(({ documentId, start, end }) => ({ documentId, start, end }));
        return asked ? [{ question: asked.text, answer: text, places }] : [];
      });
    },
  };
});
