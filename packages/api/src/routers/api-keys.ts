import {
  ApiKey,
  CreateApiKeyInput,
  CreatedApiKey,
  RotateApiKeyInput,
  UpdateApiKeyInput,
} from '@lorebox/contract/api-key';
import { Id } from '@lorebox/contract/ids';
import { PageInput, pageOf } from '@lorebox/contract/page';
import { createApiKey } from '@lorebox/core/identity/create-api-key';
import { getApiKey } from '@lorebox/core/identity/get-api-key';
import { listApiKeys } from '@lorebox/core/identity/list-api-keys';
import { revokeApiKey } from '@lorebox/core/identity/revoke-api-key';
import { rotateApiKey } from '@lorebox/core/identity/rotate-api-key';
import { updateApiKey } from '@lorebox/core/identity/update-api-key';
import { z } from 'zod';
import { NoContent, procedure, router } from '../trpc.ts';

const KEY_DESCRIPTION =
  'Give a key only the scopes that its program needs, and an expiry; 90 days is a good default. The key belongs to the user who ' +
  'creates it, or to the owner of the key that creates it. Each request is limited to what the role of the owner allows. A key can only ' +
  'create keys within its own scopes, workspace, expiry and rate limit. `*` is the only admin-equivalent scope; such keys are marked `isAdminEquivalent`.';

export const apiKeysRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/api-keys',
        tags: ['api-keys'],
        scopes: ['keys:write'],
        example: { input: { name: 'Website', scopes: ['chat', 'documents:read'], requestsPerMinute: 60 } },
        summary: 'Create an API key; the secret is shown once',
        description: KEY_DESCRIPTION,
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
        summary: 'List API keys, newest first',
        description: 'Admins see all keys. Everyone else sees the keys of the same owner.',
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
        summary: 'Get an API key',
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
        summary: 'Update an API key',
        description:
          'Changes the name, scopes, expiry or rate limit. The key may not have more rights than the caller, before or after the change.',
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
        summary: 'Rotate an API key',
        description:
          'The old secret keeps working for `graceMinutes`. The new secret is shown once, and only to the owner of the key, to the key itself and to the key that created it.',
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
        summary: 'Revoke an API key',
        status: 204,
      },
    })
    .input(z.object({ keyId: Id }))
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx.core, ctx.actor, input.keyId);
    }),
});
