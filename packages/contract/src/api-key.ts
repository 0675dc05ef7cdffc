import { z } from 'zod';
import { Scope } from './actor.ts';
import { Id } from './ids.ts';

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().describe('The first characters of the key, to recognise it by.'),
    scopes: z.array(Scope),
    workspaceId: Id.nullable().describe('The only workspace that the key opens; null for all.'),
    expiresAt: z.date().nullable(),
    lastUsedAt: z.date().nullable(),
    createdAt: z.date(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateApiKeyInput = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(Scope).min(1).default(['*']),
  workspaceId: Id.nullable().default(null),
  expiresAt: z.date().nullable().default(null),
});
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyInput>;

/** The only time that the whole key is seen; the server keeps its SHA-256. */
export const CreatedApiKey = ApiKey.extend({ key: z.string() }).meta({ id: 'CreatedApiKey' });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;
