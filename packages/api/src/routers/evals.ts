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
  QuestionRef,
  StartEvalInput,
  UpdateQuestionInput,
} from '@lorebox/contract/eval';
import { pageOf } from '@lorebox/contract/page';
import { WorkspaceRef } from '@lorebox/contract/workspace';
import { addQuestions } from '@lorebox/core/evals/add-questions';
import { cancelEval } from '@lorebox/core/evals/cancel-eval';
import { compareEvals } from '@lorebox/core/evals/compare-evals';
import { deleteEval } from '@lorebox/core/evals/delete-eval';
import { deleteQuestion } from '@lorebox/core/evals/delete-question';
import { generateQuestions } from '@lorebox/core/evals/generate-questions';
import { getEval } from '@lorebox/core/evals/get-eval';
import { getQuestion } from '@lorebox/core/evals/get-question';
import { importFeedback } from '@lorebox/core/evals/import-feedback';
import { listEvals } from '@lorebox/core/evals/list-evals';
import { listQuestions } from '@lorebox/core/evals/list-questions';
import { listResults } from '@lorebox/core/evals/list-results';
import { startEval } from '@lorebox/core/evals/start-eval';
import { updateQuestion } from '@lorebox/core/evals/update-question';
import { NoContent, procedure, router } from '../trpc.ts';

const tags = ['evals'];
const read = { tags, scopes: ['evals:read'] };
const write = { tags, scopes: ['evals:write'] };

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
        summary: 'Add test questions',
        description: 'Questions with known answers. Eval runs measure retrieval and answers with them.',
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
        summary: 'List test questions, oldest first',
      },
    })
    .input(ListQuestionsInput)
    .output(pageOf(GoldenQuestion))
    .query(({ ctx, input }) => listQuestions(ctx.core, ctx.actor, input)),
  getQuestion: procedure
    .meta({
      openapi: { ...read, method: 'GET', path: '/golden-questions/{questionId}', summary: 'Get a test question' },
    })
    .input(QuestionRef)
    .output(GoldenQuestion)
    .query(({ ctx, input }) => getQuestion(ctx.core, ctx.actor, input.questionId)),
  updateQuestion: procedure
    .meta({
      openapi: {
        ...write,
        method: 'PATCH',
        path: '/golden-questions/{questionId}',
        example: { input: { approved: true } },
        summary: 'Update a test question',
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
        status: 204,
      },
    })
    .input(QuestionRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteQuestion(ctx.core, ctx.actor, input.questionId);
    }),
  importFeedback: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/golden-questions/from-feedback',
        summary: 'Import rated answers as test questions',
        description:
          'The citations of each answer become its relevant passages. Threads are private, so this imports only your own answers and those shared with their rating.',
        status: 201,
      },
    })
    .input(WorkspaceRef)
    .output(AddedQuestions)
    .mutation(({ ctx, input }) => importFeedback(ctx.core, ctx.actor, input.workspace)),
  generateQuestions: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/golden-questions/generate',
        example: { input: { count: 20 } },
        summary: 'Generate test questions',
        description: 'Eval runs use them only after someone has approved them.',
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
        summary: 'Start an eval run',
        description:
          'Measures retrieval, and optionally answers, with every approved test question. Runs in the background and resumes after a restart.',
        status: 202,
      },
    })
    .input(StartEvalInput)
    .output(EvalRun)
    .mutation(({ ctx, input }) => startEval(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/workspaces/{workspace}/evals',
        summary: 'List eval runs, newest first',
      },
    })
    .input(ListEvalsInput)
    .output(pageOf(EvalRun))
    .query(({ ctx, input }) => listEvals(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({ openapi: { ...read, method: 'GET', path: '/evals/{runId}', summary: 'Get an eval run' } })
    .input(EvalRef)
    .output(EvalRun)
    .query(({ ctx, input }) => getEval(ctx.core, ctx.actor, input.runId)),
  results: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/evals/{runId}/results',
        summary: 'List the results of an eval run',
      },
    })
    .input(ListResultsInput)
    .output(pageOf(EvalResult))
    .query(({ ctx, input }) => listResults(ctx.core, ctx.actor, input)),
  cancel: procedure
    .meta({
      openapi: { ...write, method: 'POST', path: '/evals/{runId}/cancel', summary: 'Cancel an eval run', status: 200 },
    })
    .input(EvalRef)
    .output(EvalRun)
    .mutation(({ ctx, input }) => cancelEval(ctx.core, ctx.actor, input.runId)),
  delete: procedure
    .meta({
      openapi: { ...write, method: 'DELETE', path: '/evals/{runId}', summary: 'Delete an eval run', status: 204 },
    })
    .input(EvalRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteEval(ctx.core, ctx.actor, input.runId);
    }),
  compare: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/evals/compare',
        summary: 'Compare two eval runs',
        description:
          'Compares the runs question by question, with the probability that the difference is due to chance.',
      },
    })
    .input(CompareEvalsInput)
    .output(EvalComparison)
    .query(({ ctx, input }) => compareEvals(ctx.core, ctx.actor, input)),
});
