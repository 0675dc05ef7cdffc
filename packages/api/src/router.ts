import { AppInfo } from '@lorebox/contract/app-info';
import { SystemStatus } from '@lorebox/contract/status';
import { getAppInfo } from '@lorebox/core/system/get-app-info';
import { getStatus } from '@lorebox/core/system/get-status';
import { apiKeysRouter } from './routers/api-keys.ts';
import { auditRouter } from './routers/audit.ts';
import { authRouter } from './routers/auth.ts';
import { chatRouter } from './routers/chat.ts';
import { commentsRouter } from './routers/comments.ts';
import { documentsRouter } from './routers/documents.ts';
import { evalsRouter } from './routers/evals.ts';
import { eventsRouter } from './routers/events.ts';
import { invitesRouter } from './routers/invites.ts';
import { jobsRouter } from './routers/jobs.ts';
import { modelsRouter } from './routers/models.ts';
import { promptsRouter } from './routers/prompts.ts';
import { searchProcedure } from './routers/search.ts';
import { settingsRouter } from './routers/settings.ts';
import { sharesRouter } from './routers/shares.ts';
import { sourcesRouter } from './routers/sources.ts';
import { systemRouter } from './routers/system.ts';
import { threadsRouter } from './routers/threads.ts';
import { usageRouter } from './routers/usage.ts';
import { usersRouter } from './routers/users.ts';
import { webhooksRouter } from './routers/webhooks.ts';
import { widgetsRouter } from './routers/widgets.ts';
import { workspacesRouter } from './routers/workspaces.ts';
import { procedure, publicProcedure, router } from './trpc.ts';

/** All procedures. Every other surface is generated from this router. */
export const appRouter = router({
  auth: authRouter,
  users: usersRouter,
  invites: invitesRouter,
  apiKeys: apiKeysRouter,
  workspaces: workspacesRouter,
  documents: documentsRouter,
  search: searchProcedure,
  chat: chatRouter,
  threads: threadsRouter,
  shares: sharesRouter,
  comments: commentsRouter,
  prompts: promptsRouter,
  widgets: widgetsRouter,
  evals: evalsRouter,
  models: modelsRouter,
  jobs: jobsRouter,
  events: eventsRouter,
  webhooks: webhooksRouter,
  sources: sourcesRouter,
  settings: settingsRouter,
  audit: auditRouter,
  usage: usageRouter,
  app: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/app',
        tags: ['system'],
        summary: 'Get the name of the installation and whether it needs setup',
        public: true,
      },
    })
    .output(AppInfo)
    .query(({ ctx }) => getAppInfo(ctx.core)),
  system: systemRouter,
  status: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/status',
        tags: ['system'],
        scopes: ['system:read'],
        summary: 'Get the server status',
      },
    })
    .output(SystemStatus)
    .query(({ ctx }) => getStatus(ctx.core, ctx.actor)),
});

export type AppRouter = typeof appRouter;
