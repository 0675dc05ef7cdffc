import { z } from 'zod';
import { Scope } from './actor.ts';
import { Id } from './ids.ts';

/**
 * Prefix shown for the key in LOREBOX_API_KEY until it is rotated. Its first characters are part of a secret that a
 * person chose.
 */
export const ENV_KEY_PREFIX = 'env';

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().describe('First characters of the generated key. "env" for the key in LOREBOX_API_KEY.'),
    scopes: z.array(Scope),
    isAdminEquivalent: z
      .boolean()
      .describe('The key has full admin rights: it has the scope `*` and its owner is an admin.'),
    ownerId: Id.nullable().describe(
      'User who owns the key. The role of the owner limits every request. Null: the installation.',
    ),
    createdBy: z
      .string()
      .nullable()
      .describe('`user:ID`, `key:ID` or `environment`. Null for keys of earlier versions whose creator is unknown.'),
    workspaceId: Id.nullable().describe('The only workspace that the key can access. Null: all workspaces.'),
    expiresAt: z.date().nullable(),
    neverExpires: z.boolean().describe('The key never expires. Consider an expiry of 90 days.'),
    requestsPerMinute: z.number().int().nullable().describe('Requests per minute. Null: the limit in the settings.'),
    previousKeyUntil: z
      .date()
      .nullable()
      .describe('End of the grace period after a rotation, during which the old key still works.'),
    lastUsedAt: z.date().nullable(),
    createdAt: z.date(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

const RequestsPerMinute = z.number().int().min(1).max(1_000_000);

export const CreateApiKeyInput = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(Scope).min(1).describe('Scopes of the key, at most your own. Grant only what the program needs.'),
  workspaceId: Id.nullable().default(null).describe('Id or slug of the only workspace the key can access.'),
  expiresAt: z
    .date()
    .nullable()
    .default(null)
    .describe('Expiry. Recommended: 90 days from now. Null: never. Keys that the key creates must expire no later.'),
  requestsPerMinute: RequestsPerMinute.nullable().default(null),
});
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyInput>;

/** The only response that contains the whole key. The server stores its SHA-256. */
export const CreatedApiKey = ApiKey.extend({ key: z.string() }).meta({ id: 'CreatedApiKey' });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const UpdateApiKeyInput = z.object({
  keyId: Id,
  name: CreateApiKeyInput.shape.name.optional(),
  scopes: z.array(Scope).min(1).optional(),
  expiresAt: z.date().nullable().optional(),
  requestsPerMinute: RequestsPerMinute.nullable().optional(),
});
export type UpdateApiKeyInput = z.infer<typeof UpdateApiKeyInput>;

export const RotateApiKeyInput = z.object({
  keyId: Id,
  graceMinutes: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60)
    .default(60)
    .describe('Minutes that the old key keeps working. 0 revokes it immediately.'),
});
export type RotateApiKeyInput = z.infer<typeof RotateApiKeyInput>;
