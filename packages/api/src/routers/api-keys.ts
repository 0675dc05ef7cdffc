import {
  ApiKey,
  CreateApiKeyInput,
  CreatedApiKey,
  RotateApiKeyInput,
  UpdateApiKeyInput,
} from '@lorebox/contract/api-key';
import { Id } from '@lorebox/contract/ids';
import { PageInput, pageOf } from '@lorebox/contract/page';
import {
  createApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
  updateApiKey,
} from '@lorebox/core/identity/api-keys';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const apiKeysRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api-keys',
        tags: ['api-keys'],
        scopes: ['keys:write'],
        example: { input: { name: 'Website', scopes: ['chat', 'documents:read'], requestsPerMinute: 60 } },
        summary: 'Create a key; it is shown once',
        status: 201,
      },
    })
    .input(CreateApiKeyInput)
    .output(CreatedApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api-keys',
        tags: ['api-keys'],
        scopes: ['keys:read'],
        summary: 'List keys, newest first',
      },
    })
    .input(PageInput)
    .output(pageOf(ApiKey))
    .query(({ ctx, input }) => listApiKeys(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api-keys/{keyId}',
        tags: ['api-keys'],
        scopes: ['keys:read'],
        summary: 'One key',
      },
    })
    .input(z.object({ keyId: Id }))
    .output(ApiKey)
    .query(({ ctx, input }) => getApiKey(ctx.core, ctx.actor, input.keyId)),
  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/api-keys/{keyId}',
        tags: ['api-keys'],
        scopes: ['keys:write'],
        summary: 'Change name, scopes, expiry or limit of a key',
      },
    })
    .input(UpdateApiKeyInput)
    .output(ApiKey)
    .mutation(({ ctx, input }) => updateApiKey(ctx.core, ctx.actor, input)),
  rotate: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api-keys/{keyId}/rotate',
        tags: ['api-keys'],
        scopes: ['keys:write'],
        example: { input: { graceMinutes: 60 } },
        summary: 'Give a key a new secret',
        description: 'The old secret works on for `graceMinutes`. The new one is shown once.',
      },
    })
    .input(RotateApiKeyInput)
    .output(CreatedApiKey)
    .mutation(({ ctx, input }) => rotateApiKey(ctx.core, ctx.actor, input)),
  revoke: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/api-keys/{keyId}',
        tags: ['api-keys'],
        scopes: ['keys:write'],
        summary: 'Revoke a key',
      },
    })
    .input(z.object({ keyId: Id }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx.core, ctx.actor, input.keyId);
      return { ok: true } as const;
    }),
});
