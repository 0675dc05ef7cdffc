import { createRestDocument } from '@lorebox/api/rest-document';
import { appRouter } from '@lorebox/api/router';
import { appErrorOf, type Context as CallContext } from '@lorebox/api/trpc';
import type { AuditExport } from '@lorebox/contract/audit';
import type { DocumentContent } from '@lorebox/contract/document';
import { AppError, ERROR_CODES, type ErrorCode } from '@lorebox/contract/errors';
import { mountOpenApi, type OpenApiDocument } from '@lorebox/openapi';
import type { Hono } from 'hono';
import { maxBodyBytes } from '../http/body/max-body-bytes.ts';
import type { HttpEnv } from '../http/http-env.ts';
import { createRequestContext } from '../http/request-context.ts';
import type { ServerContext } from '../http/server-context.ts';
import { formLimitsOf, stageForm } from '../http/stage-form.ts';
import { docsPage, docsScript } from '../pages/docs.ts';
import { VERSION } from '../version.ts';
import { openDownload } from './open-download.ts';
import { toProblem } from './problem.ts';

const PREFIX = '/v1';

/** Serves the procedures as REST under /v1, with their OpenAPI document and an interactive reference. */
export function mountRest(app: Hono<HttpEnv>, serverContext: ServerContext): void {
  const { core, config, idempotency, bodies } = serverContext;
  mountOpenApi(app, appRouter, {
    prefix: PREFIX,
    createContext: (c) => createRequestContext(c, serverContext),
    toProblem: (error, c) => toProblem(appErrorOf(error), c.get('requestId'), error.cause),
    onError(error, { id: path }, c) {
      const known = appErrorOf(error);
      if (known.code !== 'INTERNAL') return;
      core.log.error({ err: known.cause, path, requestId: c.get('requestId') }, 'unexpected error');
    },
    headers(c) {
      const headers = { 'x-request-id': c.get('requestId'), 'x-content-type-options': 'nosniff' };
      const cookie = c.get('hasCookie') ? c.res.headers.get('set-cookie') : null;
      return cookie === null ? headers : { ...headers, 'set-cookie': cookie };
    },
    readJson: (c, { procedure }) => bodies.readJson(c, maxBodyBytes([procedure], config.http)),
    readForm: async (c, _route, context) =>
      stageForm(core, await (context as CallContext).authenticate(), c.req.raw, {
        ...formLimitsOf(config.http),
        workspace: c.req.param('workspace'),
      }),
    openDownload: (output) => openDownload(core, output as DocumentContent | AuditExport),
    idempotency: { open: (c, context) => idempotency.open(c, context as CallContext) },
  });
  let document: OpenApiDocument | null = null;
  app.get('/openapi.json', (c) => {
    document ??= createRestDocument(VERSION);
    const { origin } = new URL(config.http.publicUrl ?? c.req.url);
    const servers = [{ url: `${origin}${PREFIX}`, description: 'This server' }];
    // Some client generators produce code for webhooks that doesn't compile.
    const { webhooks, ...rest } = document;
    const shown = c.req.query('webhooks') === 'false' ? rest : document;
    return c.json({ ...shown, servers }, 200, { 'cache-control': 'no-cache' });
  });
  // The page that `type` in problem details links to.
  app.get('/errors/:code', (c) => {
    const code = c.req.param('code');
    if (!Object.hasOwn(ERROR_CODES, code)) throw new AppError('NOT_FOUND');
    const { http: status, message, remedy } = ERROR_CODES[code as ErrorCode];
    return c.json({ code, status, message, remedy });
  });
  app.get('/docs', (c) => docsPage(c));
  app.get('/docs/scalar.js', (c) => docsScript(c));
}
