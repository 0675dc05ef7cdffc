import { ModelList, ModelServer, ModelTest, PullProgress, SetModelServerInput } from '@lorebox/contract/model';
import { requireScope } from '@lorebox/core/access/require-scope';
import { listModels } from '@lorebox/core/models/list-models';
import { getModelServer, setModelServer } from '@lorebox/core/models/model-server';
import { pullModel } from '@lorebox/core/models/pull-model';
import { testModel } from '@lorebox/core/models/test-model';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { whileAuthorized } from '../while-authorized.ts';

const tags = ['models'];

export const modelsRouter = router({
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/models',
        tags,
        scopes: ['models:read'],
        summary: 'List models',
      },
    })
    .output(ModelList)
    .query(({ ctx }) => listModels(ctx.core, ctx.actor)),
  test: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/models/test',
        tags,
        scopes: ['models:write'],
        example: { input: { model: 'ollama:llama3.2' } },
        summary: 'Test a model',
        description:
          'Asks the model one short question, with a limit of 32 tokens and 60 seconds. Problems of the model are part of the result.',
      },
    })
    .input(z.object({ model: z.string().min(1).max(200).describe('Model id in the form "provider:model".') }))
    .output(ModelTest)
    .mutation(({ ctx, input }) => testModel(ctx.core, ctx.actor, input.model)),
  server: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/models/server',
        tags,
        scopes: ['models:write'],
        summary: 'Get the OpenAI-compatible model server',
      },
    })
    .output(ModelServer)
    .query(({ ctx }) => getModelServer(ctx.core, ctx.actor)),
  setServer: procedure
    .meta({
      openapi: {
        method: 'PUT',
        path: '/models/server',
        tags,
        scopes: ['models:write'],
        example: { input: { url: 'https://models.example.com/v1', apiKey: 'sk-example' } },
        summary: 'Set the OpenAI-compatible model server',
        description:
          'Takes effect immediately. The API key is stored encrypted and never returned. Private addresses require LOREBOX_FETCH_ALLOW. Workspaces can use its models if `allowedModels` contains `openai:*`.',
      },
    })
    .input(SetModelServerInput)
    .output(ModelServer)
    .mutation(({ ctx, input }) => setModelServer(ctx.core, ctx.actor, input)),
  pull: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/models/pull',
        tags,
        scopes: ['models:write'],
        example: { input: { id: 'ollama:llama3.2' } },
        summary: 'Download a model',
        event: PullProgress,
      },
    })
    .input(z.object({ id: z.string().min(1).max(200) }))
    .output(z.custom<AsyncGenerator<PullProgress>>())
    .subscription(({ ctx, input, signal: gone }) =>
      whileAuthorized(
        ctx,
        gone,
        (signal) => pullModel(ctx.core, ctx.actor, input.id, signal),
        async (actor) => requireScope(actor, 'models:write'),
      ),
    ),
});
