import { ApiKey, CreateApiKeyInput, CreatedApiKey } from '@lorebox/contract/api-key';
import { Id } from '@lorebox/contract/ids';
import { PageInput, pageOf } from '@lorebox/contract/page';
import { createApiKey, listApiKeys, revokeApiKey } from '@lorebox/core/identity/api-keys';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const apiKeysRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api-keys',
        tags: ['api-keys'],
        summary: 'Create a key; it is shown once',
        status: 201,
      },
    })
    .input(CreateApiKeyInput)
    .output(CreatedApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({ openapi: { method: 'GET', path: '/api-keys', tags: ['api-keys'], summary: 'List keys, newest first' } })
    .input(PageInput)
    .output(pageOf(ApiKey))
    .query(({ ctx, input }) => listApiKeys(ctx.core, ctx.actor, input)),
  revoke: procedure
    .meta({ openapi: { method: 'DELETE', path: '/api-keys/{keyId}', tags: ['api-keys'], summary: 'Revoke a key' } })
    .input(z.object({ keyId: Id }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx.core, ctx.actor, input.keyId);
      return { ok: true } as const;
    }),
});
