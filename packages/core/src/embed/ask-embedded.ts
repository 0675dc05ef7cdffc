import type { AskStarted } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import type { EmbedAskInput } from '@lorebox/contract/embed';
import { AppError } from '@lorebox/contract/errors';
import type { Widget } from '@lorebox/contract/widget';
import type { Workspace } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { loadHistory } from '../chat/load-history.ts';
import { prepareTurn } from '../chat/prepare-turn.ts';
import { startTurn } from '../chat/start-turn.ts';
import type { Core } from '../core.ts';
import { startThread } from '../threads/start-thread.ts';
import type { Visitor } from './session.ts';

const MAX_TITLE_LENGTH = 80;

/**
 * Asks a question in the conversation of a visitor. It is counted before it is asked, and not counted if it can't be.
 * @throws AppError RATE_LIMITED that names the limit in `fields` if the visitor or the widget may not ask more.
 */
export async function askEmbedded(core: Core, visitor: Visitor, input: EmbedAskInput): Promise<AskStarted> {
  const { actor, session, widget } = visitor;
  requireScope(actor, 'chat');
  if (widget.leadForm === 'required' && session.lead === null)
    throw new AppError('UNPROCESSABLE', 'Leave your email address before you ask.', {
      fields: [{ path: 'lead', message: 'Required.' }],
    });
  // Two first questions at once would both create the thread.
  const leave = core.limits.ceilings.enter(`question of ${session.id}`, 1, 'question being sent');
  try {
    const workspace = await findWorkspace(core, actor, widget.workspaceId, 'viewer');
    const at = new Date(core.clock.now());
    const count = { sessionId: session.id, widgetId: widget.id, day: at.toISOString().slice(0, 10) };
    const { messagesPerSession, messagesPerDay } = widget;
    const result = await core.stores.widgets.countQuestion({ ...count, messagesPerSession, messagesPerDay, at });
    if (result !== 'counted') throw quotaError(result, at);
    try {
      return await startQuestion(core, visitor, workspace, input, at);
    } catch (error) {
      await core.stores.widgets.uncountQuestion(count);
      throw error;
    }
  } finally {
    leave();
  }
}

async function startQuestion(
  core: Core,
  { actor, session, widget }: Visitor,
  workspace: Workspace,
  input: EmbedAskInput,
  at: Date,
): Promise<AskStarted> {
  const { threadId } = session;
  const thread = await core.stores.threads.get(threadId);
  const title = input.question.replace(/\s+/g, ' ').slice(0, MAX_TITLE_LENGTH);
  const newThread = thread ? null : startThread(actor, { id: threadId, workspaceId: workspace.id, title }, at);
  const question = { id: createId('msg'), text: input.question };
  const history = await loadHistory(core.stores, threadId, workspace.historyMessages);
  const model = modelOf(widget, workspace, input);
  const turn = prepareTurn(
    withOverrides(widget, workspace, input),
    threadId,
    question,
    { mode: widget.mode, model },
    history,
  );
  return startTurn(core, actor, turn, { newThread, question, removeMessageId: null });
}

/** What the page may not choose is ignored, so that a page works on after the widget was locked down. */
function modelOf(widget: Widget, workspace: Workspace, { model }: EmbedAskInput): string | undefined {
  if (workspace.lockModel) return undefined;
  return (widget.allowModelOverride ? model : undefined) ?? widget.model ?? undefined;
}

function withOverrides(widget: Widget, workspace: Workspace, { temperature, prompt }: EmbedAskInput): Workspace {
  return {
    ...workspace,
    ...(widget.allowTemperatureOverride && temperature !== undefined && { temperature }),
    ...(widget.allowPromptOverride && prompt !== undefined && { instructions: prompt }),
  };
}

function quotaError(limit: 'session' | 'day', at: Date): AppError {
  if (limit === 'session') {
    const message = 'You have reached the number of questions for this conversation. Thank you for your interest.';
    return new AppError('RATE_LIMITED', message, { fields: [{ path: 'messagesPerSession', message }] });
  }
  const message = 'The chat has answered as many questions as it can today. Please come back tomorrow.';
  const tomorrow = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1);
  const retryAfter = Math.ceil((tomorrow - at.getTime()) / 1000);
  return new AppError('RATE_LIMITED', message, { retryAfter, fields: [{ path: 'messagesPerDay', message }] });
}
