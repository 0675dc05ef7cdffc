import { z } from 'zod';
import type { Role } from './user.ts';

/** What an API key may do. `*` is everything that an admin may do. */
export const Scope = z
  .enum([
    '*',
    'workspaces:read',
    'workspaces:write',
    'documents:read',
    'documents:write',
    'chat',
    'evals:read',
    'evals:write',
    'models:read',
    'models:write',
    'users:read',
    'users:write',
    'keys:read',
    'keys:write',
    'events:read',
    'webhooks:read',
    'webhooks:write',
    'sources:read',
    'sources:write',
    'settings:read',
    'settings:write',
    'system:read',
  ])
  .meta({ id: 'Scope' });
export type Scope = z.infer<typeof Scope>;

/** Who is asking; every surface resolves its credential to one of these before core sees the request. */
export type Actor =
  | { kind: 'user'; userId: string; role: Role; sessionId: string }
  | {
      kind: 'apiKey';
      keyId: string;
      scopes: readonly Scope[];
      workspaceId: string | null;
      requestsPerMinute: number | null;
    }
  | { kind: 'system' };
