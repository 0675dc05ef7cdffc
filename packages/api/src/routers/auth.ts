import { AppError } from '@lorebox/contract/errors';
import {
  ChangePasswordInput,
  Credentials,
  Preferences,
  Session,
  SetupInput,
  SignedIn,
  UpdatePreferencesInput,
  User,
} from '@lorebox/contract/user';
import { changePassword } from '@lorebox/core/identity/change-password';
import { listSessions } from '@lorebox/core/identity/list-sessions';
import { login } from '@lorebox/core/identity/login';
import { logout } from '@lorebox/core/identity/logout';
import { getPreferences, updatePreferences } from '@lorebox/core/identity/preferences';
import { revokeSession } from '@lorebox/core/identity/revoke-session';
import { setUp } from '@lorebox/core/identity/set-up';
import { startSession } from '@lorebox/core/identity/start-session';
import { z } from 'zod';
import { type Context, NoContent, procedure, publicProcedure, router } from '../trpc.ts';

const originOf = ({ address, requestId }: Context) => ({ address, requestId });

export const authRouter = router({
  setup: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/setup',
        tags: ['auth'],
        summary: 'Create the first admin',
        public: true,
        status: 201,
      },
    })
    .input(SetupInput)
    .output(SignedIn)
    .mutation(async ({ ctx, input }) => {
      ctx.throttle.login('setup');
      const signedIn = await setUp(ctx.core, input, originOf(ctx));
      ctx.setSessionCookie({ token: signedIn.sessionToken, expiresAt: signedIn.expiresAt });
      return signedIn;
    }),
  login: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/sessions',
        tags: ['auth'],
        example: { input: { username: 'ada', password: 'correct horse battery' } },
        summary: 'Sign in',
        public: true,
        status: 201,
      },
    })
    .input(Credentials)
    .output(SignedIn)
    .mutation(async ({ ctx, input }) => {
      ctx.throttle.login(input.username);
      const signedIn = await login(ctx.core, input, originOf(ctx));
      ctx.throttle.loginSucceeded(input.username);
      ctx.setSessionCookie({ token: signedIn.sessionToken, expiresAt: signedIn.expiresAt });
      return signedIn;
    }),
  logout: procedure
    .meta({
      openapi: { method: 'DELETE', path: '/sessions/current', tags: ['auth'], summary: 'Sign out', status: 204 },
    })
    .input(z.object({ everywhere: z.boolean().default(false) }).optional())
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await logout(ctx.core, ctx.actor, input?.everywhere ?? false);
      ctx.setSessionCookie(null);
    }),
  sessions: procedure
    .meta({
      openapi: { method: 'GET', path: '/sessions', tags: ['auth'], summary: 'List your sessions, newest first' },
    })
    .output(z.object({ items: z.array(Session) }))
    .query(async ({ ctx }) => ({ items: await listSessions(ctx.core, ctx.actor) })),
  revokeSession: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/sessions/{sessionId}',
        tags: ['auth'],
        summary: 'Revoke a session',
        status: 204,
      },
    })
    .input(z.object({ sessionId: z.string().min(1).max(128) }))
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await revokeSession(ctx.core, ctx.actor, input.sessionId);
    }),
  me: procedure
    .meta({ openapi: { method: 'GET', path: '/me', tags: ['auth'], summary: 'Get the current user or API key' } })
    .output(
      z
        .object({ kind: z.enum(['user', 'apiKey', 'system']), user: User.nullable(), keyId: z.string().nullable() })
        .meta({ id: 'Me' }),
    )
    .query(async ({ ctx }) => {
      const { actor, core } = ctx;
      if (actor.kind === 'embed') throw new AppError('UNAUTHENTICATED');
      const user = actor.kind === 'user' ? await core.stores.users.get(actor.userId) : null;
      return { kind: actor.kind, user, keyId: actor.kind === 'apiKey' ? actor.keyId : null };
    }),
  preferences: procedure
    .meta({
      openapi: { method: 'GET', path: '/me/preferences', tags: ['auth'], summary: 'Get your preferences' },
    })
    .output(Preferences)
    .query(({ ctx }) => getPreferences(ctx.core, ctx.actor)),
  updatePreferences: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/me/preferences',
        tags: ['auth'],
        summary: 'Update your preferences',
        description:
          'Language and colors of the web app. Omitted fields are not changed. API keys have no preferences.',
        example: { input: { language: 'de', theme: 'dark' } },
      },
    })
    .input(UpdatePreferencesInput)
    .output(Preferences)
    .mutation(({ ctx, input }) => updatePreferences(ctx.core, ctx.actor, input)),
  changePassword: procedure
    .meta({ openapi: { method: 'POST', path: '/me/password', tags: ['auth'], summary: 'Change your password' } })
    .input(ChangePasswordInput)
    .output(SignedIn)
    .mutation(async ({ ctx, input }) => {
      if (ctx.actor.kind !== 'user') throw new AppError('FORBIDDEN');
      ctx.throttle.login(ctx.actor.userId);
      await changePassword(ctx.core, ctx.actor, input);
      const signedIn = await startSession(ctx.core, ctx.actor.userId);
      ctx.setSessionCookie({ token: signedIn.sessionToken, expiresAt: signedIn.expiresAt });
      return signedIn;
    }),
});
