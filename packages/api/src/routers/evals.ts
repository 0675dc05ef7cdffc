import {
  AddedQuestions,
  AddQuestionsInput,
  CompareEvalsInput,
  EvalComparison,
  EvalRef,
  EvalResult,
  EvalRun,
  GenerateQuestionsInput,
  GoldenQuestion,
  ListEvalsInput,
  ListQuestionsInput,
  ListResultsInput,
  StartEvalInput,
  UpdateQuestionInput,
} from '@lorebox/contract/eval';
import { Id } from '@lorebox/contract/ids';
import { pageOf } from '@lorebox/contract/page';
import { WorkspaceRef } from '@lorebox/contract/workspace';
import { compareEvals } from '@lorebox/core/evals/compare-evals';
import { generateQuestions } from '@lorebox/core/evals/generate-questions';
import {
  addQuestions,
  deleteQuestion,
  listQuestions,
  takeFeedback,
  updateQuestion,
} from '@lorebox/core/evals/questions';
import { cancelEval, deleteEval, getEval, listEvals, listResults, startEval } from '@lorebox/core/evals/runs';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const tags = ['evals'];
const read = { tags, scopes: ['evals:read'] };
const write = { tags, scopes: ['evals:write'] };
const QuestionRef = z.object({ questionId: Id });
const Ok = z.object({ ok: z.literal(true) });

export const evalsRouter = router({
  addQuestions: procedure
    .meta({
      largeBody: true,
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/golden-questions',
        example: {
          input: { items: [{ question: 'How tall is the lighthouse?', relevant: [{ document: 'lighthouse.pdf' }] }] },
        },
        summary: 'Add golden questions',
        description: 'Questions whose right places are known. Retrieval and answers are measured with them.',
        status: 201,
      },
    })
    .input(AddQuestionsInput)
    .output(AddedQuestions)
    .mutation(({ ctx, input }) => addQuestions(ctx.core, ctx.actor, input)),
  listQuestions: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/workspaces/{workspace}/golden-questions',
        summary: 'List golden questions, oldest first',
      },
    })
    .input(ListQuestionsInput)
    .output(pageOf(GoldenQuestion))
    .query(({ ctx, input }) => listQuestions(ctx.core, ctx.actor, input)),
  updateQuestion: procedure
    .meta({
      openapi: {
        ...write,
        method: 'PATCH',
        path: '/golden-questions/{questionId}',
        example: { input: { approved: true } },
        summary: 'Change or approve a golden question',
      },
    })
    .input(UpdateQuestionInput)
    .output(GoldenQuestion)
    .mutation(({ ctx, input }) => updateQuestion(ctx.core, ctx.actor, input)),
  deleteQuestion: procedure
    .meta({
      openapi: {
        ...write,
        method: 'DELETE',
        path: '/golden-questions/{questionId}',
        summary: 'Delete a test question',
      },
    })
    .input(QuestionRef)
    .output(Ok)
    .mutation(async ({ ctx, input }) => {
      await deleteQuestion(ctx.core, ctx.actor, input.questionId);
      return { ok: true } as const;
    }),
  takeFeedback: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/golden-questions/from-feedback',
        summary: 'Make golden questions of answers that were rated up',
        description:
          'Their citations become the relevant places. Threads are private: only your own answers are taken, and those that were shared when they were rated.',
        status: 201,
      },
    })
    .input(WorkspaceRef)
    .output(AddedQuestions)
    .mutation(({ ctx, input }) => takeFeedback(ctx.core, ctx.actor, input.workspace)),
  generateQuestions: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/golden-questions/generate',
        example: { input: { count: 20 } },
        summary: 'Have a model write golden questions',
        description: 'They are not measured with until somebody approves them.',
        status: 201,
      },
    })
    .input(GenerateQuestionsInput)
    .output(AddedQuestions)
    .mutation(({ ctx, input, signal }) =>
      generateQuestions(ctx.core, ctx.actor, input, signal ?? new AbortController().signal),
    ),
  start: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/evals',
        example: { input: { label: 'before the change', mode: 'hybrid', k: 10 } },
        summary: 'Measure retrieval, and answers if asked to',
        description: 'Goes through every approved golden question in the background, over restarts too.',
        status: 202,
      },
    })
    .input(StartEvalInput)
    .output(EvalRun)
    .mutation(({ ctx, input }) => startEval(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: { ...read, method: 'GET', path: '/workspaces/{workspace}/evals', summary: 'Measurements, newest first' },
    })
    .input(ListEvalsInput)
    .output(pageOf(EvalRun))
    .query(({ ctx, input }) => listEvals(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({ openapi: { ...read, method: 'GET', path: '/evals/{runId}', summary: 'One measurement' } })
    .input(EvalRef)
    .output(EvalRun)
    .query(({ ctx, input }) => getEval(ctx.core, ctx.actor, input.runId)),
  results: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/evals/{runId}/results',
        summary: 'A measurement question by question',
      },
    })
    .input(ListResultsInput)
    .output(pageOf(EvalResult))
    .query(({ ctx, input }) => listResults(ctx.core, ctx.actor, input)),
  cancel: procedure
    .meta({
      openapi: { ...write, method: 'POST', path: '/evals/{runId}/cancel', summary: 'Stop a measurement', status: 200 },
    })
    .input(EvalRef)
    .output(EvalRun)
    .mutation(({ ctx, input }) => cancelEval(ctx.core, ctx.actor, input.runId)),
  delete: procedure
    .meta({ openapi: { ...write, method: 'DELETE', path: '/evals/{runId}', summary: 'Delete an eval run' } })
    .input(EvalRef)
    .output(Ok)
    .mutation(async ({ ctx, input }) => {
      await deleteEval(ctx.core, ctx.actor, input.runId);
      return { ok: true } as const;
    }),
  compare: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/evals-compared',
        summary: 'Two measurements side by side',
        description: 'Question by question, with how likely chance alone explains the difference.',
      },
    })
    .input(CompareEvalsInput)
    .output(EvalComparison)
    .query(({ ctx, input }) => compareEvals(ctx.core, ctx.actor, input)),
});
