import { AppError } from '@lorebox/contract/errors';
import type { EvalRun, StartEvalInput } from '@lorebox/contract/eval';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { watch } from '../chat/watch.ts';
import { listMessages } from '../threads/list-messages.ts';
import { rateMessage } from '../threads/rate-message.ts';
import { addQuestions } from './add-questions.ts';
import { cancelEval } from './cancel-eval.ts';
import { compareEvals } from './compare-evals.ts';
import { deleteEval } from './delete-eval.ts';
import { deleteQuestion } from './delete-question.ts';
import { generateQuestions } from './generate-questions.ts';
import { getEval } from './get-eval.ts';
import { getQuestion } from './get-question.ts';
import { importFeedback } from './import-feedback.ts';
import { listEvals } from './list-evals.ts';
import { listQuestions } from './list-questions.ts';
import { listResults } from './list-results.ts';
import { startEval } from './start-eval.ts';
import { updateQuestion } from './update-question.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The sky is blue on a clear day.', 'sky');
  await test.addText(workspace.id, 'Grass is green in spring.', 'grass');
});
afterEach(() => test.close());

function add(question = 'What color is the sky?', document = 'sky') {
  const item = { question, relevant: [{ document, grade: 1 }], answer: null, answerable: true };
  return addQuestions(test.core, test.admin, { workspace: 'demo', items: [item] });
}

const questions = async () => (await listQuestions(test.core, test.admin, { workspace: 'demo', limit: 50 })).items;

function start(change: Partial<StartEvalInput> = {}): Promise<EvalRun> {
  const options = { mode: 'hybrid' as const, k: 5, rerank: true, answers: false, model: null };
  return startEval(test.core, test.admin, { workspace: 'demo', label: '', ...options, ...change });
}

async function measure(change: Partial<StartEvalInput> = {}): Promise<EvalRun> {
  const { id } = await start(change);
  await test.runEvals();
  return getEval(test.core, test.admin, id);
}

describe('every call', () => {
  it('requires its scope, and hides the runs and questions of other workspaces', async () => {
    await add();
    const { id: runId } = await start();
    const questionId = (await questions())[0]?.id ?? '';
    const workspaceRef = { workspace: workspace.id };
    const stranger = await test.addUser('stranger');
    const key = test.keyActor(['documents:read']);
    const options = { label: '', mode: 'hybrid' as const, k: 5, rerank: true, answers: false, model: null };
    const signal = new AbortController().signal;
    const calls = (actor: typeof stranger | typeof key) => [
      () => addQuestions(test.core, actor, { ...workspaceRef, items: [] }),
      () => listQuestions(test.core, actor, { ...workspaceRef, limit: 10 }),
      () => getQuestion(test.core, actor, questionId),
      () => updateQuestion(test.core, actor, { questionId, approved: true }),
      () => deleteQuestion(test.core, actor, questionId),
      () => importFeedback(test.core, actor, workspace.id),
      () => generateQuestions(test.core, actor, { ...workspaceRef, count: 1 }, signal),
      () => startEval(test.core, actor, { ...workspaceRef, ...options }),
      () => listEvals(test.core, actor, { ...workspaceRef, limit: 10 }),
      () => getEval(test.core, actor, runId),
      () => listResults(test.core, actor, { runId, limit: 10 }),
      () => cancelEval(test.core, actor, runId),
      () => deleteEval(test.core, actor, runId),
      () => compareEvals(test.core, actor, { before: runId, after: runId }),
    ];
    for (const call of calls(key)) await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    for (const call of calls(stranger)) await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const viewer = await test.addMember(workspace.id, 'viewer');
    expect(await getEval(test.core, viewer, runId)).toMatchObject({ id: runId });
    expect(await getQuestion(test.core, viewer, questionId)).toMatchObject({ id: questionId });
    await expect(deleteEval(test.core, viewer, runId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(deleteQuestion(test.core, viewer, questionId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('test questions', () => {
  it('are added, replaced by the same question, changed and deleted', async () => {
    expect(await add()).toEqual({ added: 1, replaced: 0 });
    expect(await add('What color is the sky?', 'grass')).toEqual({ added: 0, replaced: 1 });
    const [question] = await questions();
    expect(question).toMatchObject({ source: 'given', approved: true, relevant: [{ document: 'grass' }] });
    const questionId = question?.id ?? '';
    const change = { questionId, approved: false };
    expect(await updateQuestion(test.core, test.admin, change)).toMatchObject({ ...question, approved: false });
    expect(await getQuestion(test.core, test.admin, questionId)).toMatchObject({ approved: false });
    await deleteQuestion(test.core, test.admin, questionId);
    await expect(getQuestion(test.core, test.admin, questionId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are generated from passages, and wait for a review', async () => {
    test.model.reply = '"What color is it?"\nThe passage says so.';
    const input = { workspace: 'demo', count: 2 };
    const signal = new AbortController().signal;
    expect(await generateQuestions(test.core, test.admin, input, signal)).toEqual({ added: 1, replaced: 1 });
    expect(await questions()).toMatchObject([{ question: 'What color is it?', source: 'generated', approved: false }]);
    test.model.isConfigured = false;
    const generation = generateQuestions(test.core, test.admin, input, signal);
    await expect(generation).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('are imported from answers that were rated up, and shared or written by the caller', async () => {
    expect(await importFeedback(test.core, test.admin, 'demo')).toEqual({ added: 0, replaced: 0 });
    test.model.reply = 'The sky is blue on a clear day [1].';
    const viewer = await test.addMember(workspace.id, 'viewer');
    for (const [question, share] of [
      ['What color is the sky?', true],
      ['And what color is the sky on a clear day?', false],
    ] as const) {
      const { threadId, answerId } = await ask(test.core, viewer, { workspace: 'demo', question });
      for await (const event of watch(test.core, viewer, { answerId })) if (event.type === 'answer-end') break;
      const { items } = await listMessages(test.core, viewer, threadId, { limit: 10 });
      await rateMessage(test.core, viewer, items[1]?.id ?? '', 'up', share);
    }
    expect(await importFeedback(test.core, test.admin, 'demo')).toEqual({ added: 1, replaced: 0 });
    expect(await questions()).toMatchObject([{ question: 'What color is the sky?', source: 'feedback' }]);
  });
});

describe('an eval run', () => {
  it('measures every approved question, and reports averages', async () => {
    await add();
    await add('What color is grass?', 'unknown');
    const run = await measure({ label: 'first' });
    expect(run).toMatchObject({
      label: 'first',
      state: 'done',
      total: 2,
      done: 2,
      setting: { version: '0.0.0-test', embedder: 'test-embedder', documents: 2 },
      metrics: { questions: 2, ndcg: 0.5, recall: 0.5, mrr: 0.5, hitRate: 0.5, answers: null },
    });
    const { items } = await listResults(test.core, test.admin, { runId: run.id, limit: 10 });
    expect(items.map(({ question, ndcg, error }) => ({ question, ndcg, error }))).toEqual([
      { question: 'What color is the sky?', ndcg: 1, error: null },
      { question: 'What color is grass?', ndcg: 0, error: null },
    ]);
    expect((await listEvals(test.core, test.admin, { workspace: 'demo', limit: 10 })).items).toMatchObject([
      { id: run.id },
    ]);
  });

  it('measures answers, their citations and refusals', async () => {
    await add();
    test.model.reply = 'The sky is blue on a clear day [1].';
    const run = await measure({ answers: true });
    expect(run.metrics?.answers).toMatchObject({
      refusalRate: 0,
      correctRefusals: 1,
      citationPrecision: 1,
      unsupportedRate: 0,
    });
    expect(test.connection.raw.prepare('select count(*) count from messages').get()).toEqual({ count: 0 });
  });

  it('requires an approved question', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await listEvals(test.core, test.admin, { workspace: 'demo', limit: 10 })).items).toEqual([]);
  });

  it('fails after ten questions in a row that could not be measured', async () => {
    for (let i = 0; i < 12; i += 1) await add(`Question ${i}?`);
    test.embedders.failure = new AppError('EMBEDDER_FAILED', 'The embedder is down.');
    const run = await measure({ mode: 'vector' });
    expect(run).toMatchObject({ state: 'failed', message: 'The embedder is down.', done: 10, metrics: null });
  });

  it('is cancelled once, and keeps the results it has', async () => {
    await add();
    const { id } = await start();
    expect(await cancelEval(test.core, test.admin, id)).toMatchObject({ state: 'cancelled' });
    await test.runEvals();
    expect(await getEval(test.core, test.admin, id)).toMatchObject({ state: 'cancelled', done: 0 });
    await expect(cancelEval(test.core, test.admin, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is deleted with its results', async () => {
    await add();
    const { id } = await measure();
    await deleteEval(test.core, test.admin, id);
    await expect(getEval(test.core, test.admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('uses the model of a workspace that locks it', async () => {
    await test.addWorkspace('locked', { lockModel: true });
    const evalRun = start({ workspace: 'locked', model: 'test:large' });
    await expect(evalRun).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('compareEvals', () => {
  it('compares two runs question by question', async () => {
    await add();
    await add('How long is a mile?', 'later');
    const before = await measure();
    await test.addText(workspace.id, 'A mile is 1609 meters long.', 'later');
    const after = await measure();
    const comparison = await compareEvals(test.core, test.admin, { before: before.id, after: after.id });
    expect(comparison).toMatchObject({ questions: 2, better: 1, worse: 0 });
    expect(comparison.changes).toEqual([{ question: 'How long is a mile?', before: 0, after: 1 }]);
    const ndcg = comparison.differences.find(({ measure }) => measure === 'ndcg');
    expect(ndcg).toMatchObject({ before: 0.5, after: 1, change: 0.5, pValue: expect.any(Number) });
  });

  it('rejects runs of different workspaces', async () => {
    await add();
    const before = await measure();
    const other = await test.addWorkspace('other');
    await test.addText(other.id, 'The sky is blue.', 'sky');
    const items = [{ question: 'Why?', relevant: [], answer: null, answerable: true }];
    await addQuestions(test.core, test.admin, { workspace: 'other', items });
    const after = await measure({ workspace: 'other' });
    const comparison = compareEvals(test.core, test.admin, { before: before.id, after: after.id });
    await expect(comparison).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
