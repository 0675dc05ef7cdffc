import { AskInput } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { ask } from '@lorebox/core/chat/ask';
import { requireAnswer } from '@lorebox/core/chat/require-answer';
import { watch } from '@lorebox/core/chat/watch';
import { answerLimits } from './answer-limits.ts';
import { type Call, check } from './call.ts';
import { authorizedParts, type CompletionPart, type Reply, storedError, toFinishReason } from './completion-parts.ts';
import { type CompletionRequest, imagesOf, textOf, toResponseFormat } from './completion-request.ts';
import { badRequest } from './errors.ts';

/**
 * Asks a workspace: the last user message is the question, earlier messages are the history, and system messages are
 * added to the workspace's instructions. Every call creates a thread, and the answer continues if the client
 * disconnects.
 */
export async function askWorkspace(call: Call, workspace: string, request: CompletionRequest): Promise<Reply> {
  const { core, actor } = call;
  const { input, own } = readConversation(workspace, request);
  const { answerId, threadId } = await ask(core, actor, input, own);
  const parts = authorizedParts(
    call,
    (signal) => followAnswer(call, { answerId, threadId }, signal),
    (now) => requireAnswer(core, now, answerId),
  );
  return { parts, answerId };
}

function readConversation(workspace: string, request: CompletionRequest) {
  const { messages, tools, tool_choice } = request;
  if (tools && tools.length > 0 && tool_choice !== 'none') {
    throw badRequest("Workspaces don't support tool calls. Use a raw model instead.", 'tools');
  }
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const asked = messages[last];
  if (!asked) throw badRequest('"messages" must contain a user message.', 'messages');
  const input = check(AskInput, {
    workspace,
    question: textOf(asked),
    images: imagesOf(asked),
    ...answerLimits(request),
  });
  const history = messages.slice(0, last).flatMap((message) => {
    const text = textOf(message);
    const { role } = message;
    return (role === 'user' || role === 'assistant') && text !== '' ? [{ role, text }] : [];
  });
  const instructions = messages.filter(({ role }) => role === 'system' || role === 'developer').map(textOf);
  const responseFormat = toResponseFormat(request);
  return { input, own: { history, instructions: instructions.join('\n\n').trim(), responseFormat } };
}

async function* followAnswer(
  { core, actor }: Call,
  { answerId, threadId }: { answerId: string; threadId: string },
  signal: AbortSignal,
): AsyncGenerator<CompletionPart> {
  for await (const event of watch(core, actor, { answerId }, signal)) {
    if (event.type === 'text-delta') yield { type: 'text', text: event.text };
    if (event.type === 'reasoning-delta') yield { type: 'reasoning', text: event.text };
    if (event.type === 'answer-error') throw storedError(event.code, event.message);
    if (event.type !== 'answer-end') continue;
    const { finishReason, usage, citations, model } = event;
    yield {
      type: 'end',
      finishReason: toFinishReason(finishReason),
      ...usage,
      citations,
      stored: { answerId, threadId, model },
    };
    return;
  }
  if (!signal.aborted) throw new AppError('ANSWER_INTERRUPTED');
}
