import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import { watch } from '@lorebox/core/chat/watch';
import type { ServerSentEvent } from '@lorebox/openapi';
import { type Call, readBody, toSeconds } from './call.ts';
import { type CompletionPart, withHeadStart } from './completion-parts.ts';
import { refuse } from './completion-request.ts';
import { badRequest } from './errors.ts';
import { openReply } from './open-reply.ts';
import { ResponseRequest, refuseState, toCompletionRequest } from './response-request.ts';
import { type ResponseEvent, type ResponseObject, ResponseStream } from './response-stream.ts';
import { HEAD_START_MS, streamReply, toStreamError } from './stream-reply.ts';
import { isNotFound } from './target.ts';

/** OpenAI sends this event too, and clients ignore unknown event types. */
const PING = toEvent({ type: 'keepalive' }, 0);

/** Handles a turn like chat completions, in the format of OpenAI's Responses API. */
export async function answerResponse(call: Call): Promise<Response> {
  const { c, core, origin } = call;
  const request = await readBody(call, ResponseRequest, call.maxBodyBytes);
  refuseState(request);
  const question = await toCompletionRequest(request, (id) => readReference(call, id));
  refuse(question);
  const { parts, answerId } = await openReply(call, question);
  const head = { id: createId('resp'), createdAt: toSeconds(core.clock.now()), request };
  const messageId = answerId === null ? createId('msg') : toMessageId(answerId);
  const response = new ResponseStream(head, { messageId, origin });
  if (!request.stream) return c.json(await collectResponse(response.events(parts)));
  const started = await withHeadStart(parts, HEAD_START_MS);
  return streamReply(call, numberEvents(call, response, started), PING);
}

async function collectResponse(events: AsyncIterable<ResponseEvent>): Promise<ResponseObject> {
  let last: ResponseObject | undefined;
  for await (const { response } of events) last = response ?? last;
  if (!last) throw new AppError('ANSWER_INTERRUPTED');
  return last;
}

async function* numberEvents(
  call: Call,
  response: ResponseStream,
  parts: AsyncIterable<CompletionPart>,
): AsyncGenerator<ServerSentEvent> {
  let number = 0;
  try {
    for await (const event of response.events(parts)) yield toEvent(event, number++);
  } catch (error) {
    yield toEvent(response.failed(toStreamError(call, error)), number);
  }
}

function toEvent(event: ResponseEvent, number: number): ServerSentEvent {
  return { event: event.type, data: JSON.stringify({ ...event, sequence_number: number }) };
}

/** The message ID contains the answer ID, so that later requests can refer to it. */
function toMessageId(answerId: string): string {
  return answerId.replace('ans_', 'msg_');
}

/**
 * Returns the text of an earlier answer of a workspace. @throws OpenAiError for other references, because they are not
 * stored.
 */
async function readReference({ core, actor, context }: Call, id: string): Promise<string> {
  const message =
    `Item "${id}" is not stored. Only answers of workspaces can be referred to. ` +
    'Send the item itself (Vercel AI SDK: set the provider option "store" to false).';
  if (!id.startsWith('msg_')) throw badRequest(message, 'input');
  const signal = context.signal();
  try {
    for await (const event of watch(core, actor, { answerId: id.replace('msg_', 'ans_') }, signal)) {
      if (event.type === 'answer-end') return event.answer;
    }
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  throw badRequest(message, 'input');
}
