import type { AddedQuestions, EvalComparison, EvalResult, EvalRun, GoldenQuestion } from '@lorebox/contract/eval';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type {
  GenerateQuestionsInput,
  GoldenItem,
  ListQuestionsInput,
  StartEvalInput,
  UpdateQuestionInput,
} from '../inputs.ts';
import { PageList } from '../page-list.ts';
import { pause } from '../pause.ts';
import type { ListOptions } from './list-options.ts';

const POLL_MS = 250;

/** Test questions, and eval runs that measure search and answers with them. */
export class Evals {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Adds test questions. A question with the same wording is replaced. Refer to documents by external id, id or filename.
   * @example
   * await lorebox.evals.addQuestions('demo', [
   *   { question: 'How tall is the lighthouse?', relevant: [{ document: 'lighthouse.txt' }] },
   * ]);
   */
  addQuestions(workspace: string, items: GoldenItem[], options?: CallOptions): Promise<AddedQuestions> {
    return this.caller.run(
      (request) => this.caller.client.evals.addQuestions.mutate({ workspace, items }, request),
      options,
    );
  }

  /**
   * Lists test questions, oldest first.
   * @example
   * for await (const { question, approved } of lorebox.evals.listQuestions('demo')) console.log(question, approved);
   */
  listQuestions(
    workspace: string,
    { cursor: first, ...input }: ListQuestionsInput = {},
    options?: CallOptions,
  ): PageList<GoldenQuestion> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.evals.listQuestions.query({ ...input, workspace, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns a test question.
   * @example
   * const [question] = await lorebox.evals.listQuestions('demo').toArray(1);
   * if (question) console.log((await lorebox.evals.getQuestion(question.id)).relevant);
   */
  getQuestion(questionId: string, options?: CallOptions): Promise<GoldenQuestion> {
    return this.caller.run((request) => this.caller.client.evals.getQuestion.query({ questionId }, request), options);
  }

  /**
   * Changes or approves a test question.
   * @example
   * for await (const { id } of lorebox.evals.listQuestions('demo', { approved: false }))
   *   await lorebox.evals.updateQuestion(id, { approved: true });
   */
  updateQuestion(questionId: string, changes: UpdateQuestionInput, options?: CallOptions): Promise<GoldenQuestion> {
    const input = { ...changes, questionId };
    return this.caller.run((request) => this.caller.client.evals.updateQuestion.mutate(input, request), options);
  }

  /**
   * Deletes a test question. The results of earlier eval runs are kept.
   * @example
   * await lorebox.evals.addQuestions('demo', [{ question: 'Is this asked?' }]);
   * for await (const { id } of lorebox.evals.listQuestions('demo')) await lorebox.evals.deleteQuestion(id);
   */
  async deleteQuestion(questionId: string, options?: CallOptions): Promise<void> {
    await this.caller.run(
      (request) => this.caller.client.evals.deleteQuestion.mutate({ questionId }, request),
      options,
    );
  }

  /**
   * Imports answers with a positive rating as test questions. Their citations become the relevant passages.
   * @example
   * const { added } = await lorebox.evals.importFeedback('demo');
   */
  importFeedback(workspace: string, options?: CallOptions): Promise<AddedQuestions> {
    return this.caller.run(
      (request) => this.caller.client.evals.importFeedback.mutate({ workspace }, request),
      options,
    );
  }

  /**
   * Generates test questions, which need a review. Requires a language model.
   * @example
   * await lorebox.evals
   *   .generateQuestions('demo', { count: 5 })
   *   .catch((error) => console.log(error.code)); // BAD_REQUEST without a model
   */
  generateQuestions(
    workspace: string,
    settings: GenerateQuestionsInput = {},
    options?: CallOptions,
  ): Promise<AddedQuestions> {
    const input = { ...settings, workspace };
    return this.caller.run((request) => this.caller.client.evals.generateQuestions.mutate(input, request), options);
  }

  /**
   * Starts an eval run in the background.
   * @example
   * await lorebox.evals.addQuestions('demo', [{ question: 'How tall is it?', relevant: [{ document: 'a.txt' }] }]);
   * const { id } = await lorebox.evals.start('demo', { label: 'before' });
   * const { metrics } = await lorebox.evals.wait(id);
   */
  start(workspace: string, settings: StartEvalInput = {}, options?: CallOptions): Promise<EvalRun> {
    const input = { ...settings, workspace };
    return this.caller.run((request) => this.caller.client.evals.start.mutate(input, request), options);
  }

  /**
   * Waits until an eval run has ended and returns it. Rejects with the reason of `signal`.
   * @example
   * for await (const { id } of lorebox.evals.list('demo'))
   *   console.log((await lorebox.evals.wait(id, { onProgress: ({ done, total }) => console.log(done, total) })).state);
   */
  async wait(
    runId: string,
    { onProgress, ...options }: CallOptions & { onProgress?: ((run: EvalRun) => void) | undefined } = {},
  ): Promise<EvalRun> {
    for (;;) {
      const run = await this.get(runId, options);
      onProgress?.(run);
      if (run.state !== 'running') return run;
      await pause(POLL_MS, options.signal);
    }
  }

  /**
   * Lists eval runs, newest first.
   * @example
   * for await (const { label, metrics } of lorebox.evals.list('demo')) console.log(label, metrics?.ndcg);
   */
  list(workspace: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<EvalRun> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.evals.list.query({ ...input, workspace, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns an eval run, with its metrics once it is done.
   * @example
   * for await (const { id } of lorebox.evals.list('demo')) console.log((await lorebox.evals.get(id)).state);
   */
  get(runId: string, options?: CallOptions): Promise<EvalRun> {
    return this.caller.run((request) => this.caller.client.evals.get.query({ runId }, request), options);
  }

  /**
   * Lists the results of an eval run by question.
   * @example
   * for await (const run of lorebox.evals.list('demo'))
   *   for await (const { question, ndcg } of lorebox.evals.results(run.id)) console.log(ndcg, question);
   */
  results(runId: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<EvalResult> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.evals.results.query({ ...input, runId, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Cancels an eval run.
   * @example
   * for await (const { id, state } of lorebox.evals.list('demo')) if (state === 'running') await lorebox.evals.cancel(id);
   */
  cancel(runId: string, options?: CallOptions): Promise<EvalRun> {
    return this.caller.run((request) => this.caller.client.evals.cancel.mutate({ runId }, request), options);
  }

  /**
   * Deletes an eval run with its results.
   * @example
   * for await (const { id } of lorebox.evals.list('demo')) await lorebox.evals.delete(id);
   */
  async delete(runId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.evals.delete.mutate({ runId }, request), options);
  }

  /**
   * Compares two eval runs of the same workspace.
   * @example
   * const [after, before] = (await lorebox.evals.list('demo')).items;
   * if (before && after) console.log((await lorebox.evals.compare(before.id, after.id)).differences);
   */
  compare(before: string, after: string, options?: CallOptions): Promise<EvalComparison> {
    return this.caller.run((request) => this.caller.client.evals.compare.query({ before, after }, request), options);
  }
}
