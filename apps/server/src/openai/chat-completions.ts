import { randomUUID } from 'node:crypto';
import { AppError, isAppError } from '@lorebox/contract/errors';
import { eventStream } from '@lorebox/openapi';
import { askRawModel } from './ask-raw-model.ts';
import { askWorkspace } from './ask-workspace.ts';
import { type Call, readBody, toSeconds } from './call.ts';
import { type CompletionPart, withHeadStart } from './completion-parts.ts';
import { CompletionRequest, refuse } from './completion-request.ts';
import { type CompletionHead, collectCompletion, silentChunk, streamCompletion } from './completion-response.ts';
import { toOpenAiError } from './errors.ts';
import { findTarget } from './target.ts';

const PING_MS = 15_000;
const HEAD_START_MS = 2000;

export async function answerChatCompletion(call: Call): Promise<Response> {
  const { c, core } = call;
  const request = await readBody(call, CompletionRequest, call.maxBodyBytes);
  refuse(request);
  const target = await findTarget(call, request.model);
  const parts =
    target.kind === 'workspace'
      ? askWorkspace(call, target.workspaceId, request)
      : askRawModel(call, target.modelId, request);
  const created = toSeconds(core.clock.now());
  const head = { id: `chatcmpl-${randomUUID()}`, created, model: request.model };
  if (!request.stream) return c.json(await collectCompletion(head, parts));
  const includeUsage = request.stream_options?.include_usage ?? false;
  return streamResponse(call, head, await withHeadStart(parts, HEAD_START_MS), includeUsage);
}

function streamResponse(
  { c, core }: Call,
  head: CompletionHead,
  parts: AsyncIterable<CompletionPart>,
  includeUsage: boolean,
): Response {
  const toError = (error: unknown) => {
    if (!isAppError(error)) core.log.error({ err: error, requestId: c.get('requestId') }, 'unexpected error');
    return toOpenAiError(isAppError(error) ? error : new AppError('INTERNAL')).body;
  };
  const source = streamCompletion(head, parts, { includeUsage, toError });
  return c.body(eventStream(source, { ping: silentChunk(head, includeUsage), pingMs: PING_MS }), 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
}
