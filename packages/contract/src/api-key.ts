import { z } from 'zod';
import { Scope } from './actor.ts';
import { Id } from './ids.ts';

/** Shown of the key in LOREBOX_API_KEY until it is rotated: its first characters are part of a secret that somebody chose. */
export const ENV_KEY_PREFIX = 'env';

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().describe('The first characters of a generated key; "env" for the key in LOREBOX_API_KEY.'),
    scopes: z.array(Scope),
    isAdminEquivalent: z
      .boolean()
      .describe('The key may do everything that an admin may do: it has the scope `*` and its owner is an admin.'),
    ownerId: Id.nullable().describe(
      "The user the key belongs to. The owner's role limits the key at each request. Null: the installation.",
    ),
    createdBy: z
      .string()
      .nullable()
      .describe('`user:ID`, `key:ID` or `environment`. Null for keys of earlier versions whose creator is unknown.'),
    workspaceId: Id.nullable().describe('The only workspace that the key opens; null for all.'),
    expiresAt: z.date().nullable(),
    neverExpires: z.boolean().describe('The key has no expiry. Consider one of 90 days.'),
    requestsPerMinute: z.number().int().nullable().describe('A limit of its own; null takes the one of the settings.'),
    previousKeyUntil: z.date().nullable().describe('After a rotation: how long the key before works, too.'),
    lastUsedAt: z.date().nullable(),
    createdAt: z.date(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

const RequestsPerMinute = z.number().int().min(1).max(1_000_000);

export const CreateApiKeyInput = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(Scope).min(1).describe('At most your own. Name only what the program needs.'),
  workspaceId: Id.nullable().default(null).describe('Id or slug of the only workspace that the key opens.'),
  expiresAt: z
    .date()
    .nullable()
    .default(null)
    .describe('Recommended: 90 days from now. Null: never. A key makes no key that outlives it.'),
  requestsPerMinute: RequestsPerMinute.nullable().default(null),
});
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyInput>;

/** The only time that the whole key is seen; the server keeps its SHA-256. */
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
    .describe('How long the old key works beside the new one; 0 ends it at once.'),
});
export type RotateApiKeyInput = z.infer<typeof RotateApiKeyInput>;
