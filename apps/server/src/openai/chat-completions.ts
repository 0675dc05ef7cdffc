import { randomUUID } from 'node:crypto';
import { type Call, readBody, toSeconds } from './call.ts';
import { withHeadStart } from './completion-parts.ts';
import { CompletionRequest, refuse } from './completion-request.ts';
import { collectCompletion, silentChunk, streamCompletion } from './completion-response.ts';
import { openReply } from './open-reply.ts';
import { HEAD_START_MS, streamReply, toStreamError } from './stream-reply.ts';

export async function answerChatCompletion(call: Call): Promise<Response> {
  const { c, core, origin } = call;
  const request = await readBody(call, CompletionRequest, call.maxBodyBytes);
  refuse(request);
  const { parts } = await openReply(call, request);
  const created = toSeconds(core.clock.now());
  const head = { id: `chatcmpl-${randomUUID()}`, created, model: request.model };
  if (!request.stream) return c.json(await collectCompletion(head, parts, origin));
  const includeUsage = request.stream_options?.include_usage ?? false;
  const toError = (error: unknown) => toStreamError(call, error);
  const started = await withHeadStart(parts, HEAD_START_MS);
  const events = streamCompletion(head, started, { includeUsage, toError, origin });
  return streamReply(call, events, silentChunk(head, includeUsage));
}
