import { ModelList, PullProgress } from '@lorebox/contract/model';
import { requireScope } from '@lorebox/core/access/require-scope';
import { listModels } from '@lorebox/core/models/list-models';
import { pullModel } from '@lorebox/core/models/pull-model';
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
