import type { EvalMetrics, EvalResult, EvalRun, GoldenQuestion } from '@lorebox/contract/eval';
import { and, asc, eq, isNull } from '../../drizzle.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { evalResults, evalRuns, goldenQuestions } from './schema.ts';

export type NewRun = Omit<EvalRun, 'total' | 'done' | 'metrics' | 'finishedAt' | 'message'>;

export const evalCommands = {
  'evals.addQuestions'(
    { orm }: WriteContext,
    questions: readonly GoldenQuestion[],
  ): { added: number; replaced: number } {
    let replaced = 0;
    for (const question of questions) {
      const same = and(
        eq(goldenQuestions.workspaceId, question.workspaceId),
        eq(goldenQuestions.question, question.question),
      );
      const { relevant, answer, answerable, source, approved } = question;
      const change = { relevant, answer, answerable, source, approved };
      // Automatic imports must not overwrite manual entries.
      const kept = source === 'given' ? same : and(same, eq(goldenQuestions.source, source));
      if (orm.select({ id: goldenQuestions.id }).from(goldenQuestions).where(same).get()) {
        replaced += orm.update(goldenQuestions).set(change).where(kept).run().changes;
      } else orm.insert(goldenQuestions).values(question).run();
    }
    return { added: questions.length - replaced, replaced };
  },
  'evals.updateQuestion'(
    { orm }: WriteContext,
    input: { id: string; change: Partial<Omit<GoldenQuestion, 'id' | 'workspaceId'>> },
  ) {
    if (Object.keys(input.change).length === 0) return;
    orm.update(goldenQuestions).set(input.change).where(eq(goldenQuestions.id, input.id)).run();
  },
  'evals.removeQuestion'({ orm }: WriteContext, id: string) {
    orm.delete(goldenQuestions).where(eq(goldenQuestions.id, id)).run();
  },
  'evals.startRun'({ orm }: WriteContext, run: NewRun): number {
    const where = and(eq(goldenQuestions.workspaceId, run.workspaceId), eq(goldenQuestions.approved, true));
    const questions = orm.select().from(goldenQuestions).where(where).orderBy(asc(goldenQuestions.id)).all();
    orm
      .insert(evalRuns)
      .values({ ...run, total: questions.length, done: 0 })
      .run();
    for (const [position, { question, relevant, answer, answerable }] of questions.entries()) {
      const golden = { question, relevant, answer, answerable };
      orm.insert(evalResults).values({ runId: run.id, position, question: golden }).run();
    }
    return questions.length;
  },
  'evals.saveResult'({ orm, raw }: WriteContext, input: { runId: string; position: number; result: EvalResult }) {
    const { runId, position, result } = input;
    const mine = and(eq(evalResults.runId, runId), eq(evalResults.position, position), isNull(evalResults.result));
    if (orm.update(evalResults).set({ result }).where(mine).run().changes === 0) return;
    prepareOnce(raw, 'update eval_runs set done = done + 1 where id = ?').run(runId);
  },
  'evals.finishRun'(
    { orm }: WriteContext,
    input: { id: string; state: EvalRun['state']; metrics: EvalMetrics | null; message: string | null; at: Date },
  ): boolean {
    const { id, state, metrics, message, at } = input;
    const running = and(eq(evalRuns.id, id), eq(evalRuns.state, 'running'));
    return orm.update(evalRuns).set({ state, metrics, message, finishedAt: at }).where(running).run().changes > 0;
  },
  'evals.removeRun'({ orm }: WriteContext, id: string) {
    orm.delete(evalRuns).where(eq(evalRuns.id, id)).run();
  },
};
