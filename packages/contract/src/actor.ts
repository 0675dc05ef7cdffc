import { z } from 'zod';
import type { Role } from './user.ts';

/** What an API key may do; its owner's role limits it further. */
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
    'users:invite',
    'keys:read',
    'keys:write',
    'events:read',
    'webhooks:read',
    'webhooks:write',
    'sources:read',
    'sources:write',
    'settings:read',
    'settings:write',
    'audit:read',
    'system:read',
  ])
  .meta({
    id: 'Scope',
    description:
      '`*` is the only admin-equivalent scope: it allows everything that the role of the owner allows. No other scope or combination of scopes can be used to obtain it.',
  });
export type Scope = z.infer<typeof Scope>;

/** A key with one of these scopes can do everything that an admin can do. */
export const ADMIN_EQUIVALENT_SCOPES: readonly Scope[] = ['*'];

/** Where a request came from, for the audit log. */
export interface Origin {
  address: string;
  requestId: string;
}

/** Who makes the request. Every surface resolves its credential to an actor before core sees the request. */
export type Actor =
  | { kind: 'user'; userId: string; role: Role; sessionId: string; origin?: Origin }
  | {
      kind: 'apiKey';
      keyId: string;
      /** The user who owns the key. Null for the installation. */
      ownerId: string | null;
      /** Role of the owner at the time of the request. The installation counts as an admin. */
      ownerRole: Role;
      /** Already limited to what the owner's role allows. */
      scopes: readonly Scope[];
      workspaceId: string | null;
      requestsPerMinute: number | null;
      origin?: Origin;
    }
  | {
      /** A visitor of a website with a widget. They may only ask in their own conversation. */
      kind: 'embed';
      widgetId: string;
      sessionId: string;
      workspaceId: string;
      origin?: Origin;
    }
  | { kind: 'system' };
