import type { AppError } from '@lorebox/contract/errors';
import type { Context, Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import { createRequestContext } from '../http/request-context.ts';
import type { ServerContext } from '../http/server-context.ts';
import { formLimitsOf } from '../http/stage-form.ts';
import type { Call } from './call.ts';
import { answerChatCompletion } from './chat-completions.ts';
import { answerEmbeddings } from './embeddings.ts';
import { OpenAiError, toOpenAiError } from './errors.ts';
import { cancelFileBatch, createFileBatch, getFileBatch, listFileBatchFiles } from './file-batches.ts';
import { deleteFile, getFile, listFiles, readFileContent, uploadFile } from './files.ts';
import { answerModel, answerModels } from './models.ts';
import { answerResponse } from './responses.ts';
import {
  attachFile,
  detachFile,
  getVectorStoreFile,
  listVectorStoreFiles,
  updateVectorStoreFile,
} from './vector-store-files.ts';
import { searchVectorStore } from './vector-store-search.ts';
import {
  createVectorStore,
  deleteVectorStore,
  getVectorStore,
  listVectorStores,
  updateVectorStore,
} from './vector-stores.ts';

const PREFIX = '/openai/v1';

type Handler = (call: Call) => Promise<Response>;
type Method = 'GET' | 'POST' | 'DELETE';

const ROUTES: [Method, string, Handler][] = [
  ['GET', '/models', answerModels],
  // Names of raw models can contain slashes.
  ['GET', '/models/:id{.+}', answerModel],
  ['POST', '/chat/completions', answerChatCompletion],
  ['POST', '/responses', answerResponse],
  ['POST', '/embeddings', answerEmbeddings],
  ['POST', '/files', uploadFile],
  ['GET', '/files', listFiles],
  ['GET', '/files/:id', getFile],
  ['GET', '/files/:id/content', readFileContent],
  ['DELETE', '/files/:id', deleteFile],
  ['POST', '/vector_stores', createVectorStore],
  ['GET', '/vector_stores', listVectorStores],
  ['GET', '/vector_stores/:id', getVectorStore],
  ['POST', '/vector_stores/:id', updateVectorStore],
  ['DELETE', '/vector_stores/:id', deleteVectorStore],
  ['GET', '/vector_stores/:id/files', listVectorStoreFiles],
  ['POST', '/vector_stores/:id/files', attachFile],
  ['GET', '/vector_stores/:id/files/:file', getVectorStoreFile],
  ['POST', '/vector_stores/:id/files/:file', updateVectorStoreFile],
  ['DELETE', '/vector_stores/:id/files/:file', detachFile],
  ['POST', '/vector_stores/:id/file_batches', createFileBatch],
  ['GET', '/vector_stores/:id/file_batches/:batch', getFileBatch],
  ['POST', '/vector_stores/:id/file_batches/:batch/cancel', cancelFileBatch],
  ['GET', '/vector_stores/:id/file_batches/:batch/files', listFileBatchFiles],
  ['POST', '/vector_stores/:id/search', searchVectorStore],
];

/** OpenAI-compatible API under /openai/v1. The app's onError handles errors. */
export function mountOpenAi(app: Hono<HttpEnv>, serverContext: ServerContext): void {
  const { core, config, bodies } = serverContext;
  const maxBodyBytes = config.http.maxBodyBytes;
  const formLimits = formLimitsOf(config.http);
  const publicUrl = config.http.publicUrl?.replace(/\/$/, '');
  for (const [method, path, handle] of ROUTES) {
    app.on(method, `${PREFIX}${path}`, async (c) => {
      const context = createRequestContext(c, serverContext);
      const actor = await context.authenticate();
      await context.throttle.request(actor);
      const origin = publicUrl ?? new URL(c.req.url).origin;
      const leave = context.throttle.enter(actor, 'call');
      try {
        return await handle({ c, core, actor, context, bodies, maxBodyBytes, formLimits, origin });
      } finally {
        leave();
      }
    });
  }
  app.all(`${PREFIX}/*`, (c) => {
    const what = `${c.req.method} ${c.req.path.slice(PREFIX.length)}`;
    const message = `${what} is not supported. See docs/openai-compatible.md for the supported OpenAI endpoints.`;
    throw new OpenAiError('NOT_FOUND', message, { apiCode: 'unknown_url' });
  });
}

export function isOpenAiPath(path: string): boolean {
  return path.startsWith(`${PREFIX}/`);
}

export function openAiErrorResponse(c: Context<HttpEnv>, error: AppError): Response {
  const { status, body } = toOpenAiError(error);
  return c.json(body, status as 400);
}
