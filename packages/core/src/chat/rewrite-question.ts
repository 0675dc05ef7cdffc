import type { SearchNotice } from '@lorebox/contract/reranker';
import type { ChatModel } from '@lorebox/ports/chat-model';
import type { HistoryMessage } from './fit-history.ts';
import { streamModel } from './stream-model.ts';

/** Timeout of the rewrite, because a slow model would double the wait for the answer. */
const DEADLINE_MS = 15_000;
const MESSAGES = 6;
const MESSAGE_LENGTH = 600;
const LONGEST = 500;
const RULES =
  'Reword the last question so that it can be understood without the conversation: put in what it refers to, and change nothing else. ' +
  'Reply with the question alone, in its language. A question that stands alone stays as it is.';

/**
 * Rewrites a follow-up so that it can be understood without the conversation. Null with a notice if the model fails.
 */
export async function rewriteQuestion(
  model: ChatModel,
  question: string,
  history: readonly HistoryMessage[],
  signal: AbortSignal,
): Promise<{ question: string | null; notices: SearchNotice[] }> {
  if (model.kind === 'extractive' || history.length === 0) return { question: null, notices: [] };
  const conversation = history
    .slice(-MESSAGES)
    .map(({ role, text }) => `${role === 'user' ? 'Question' : 'Answer'}: ${text.slice(0, MESSAGE_LENGTH)}`)
    .join('\n');
  const text = `${conversation}\n\nLast question: ${question}`;
  const prompt = [
    { role: 'system' as const, content: RULES },
    { role: 'user' as const, content: [{ type: 'text' as const, text }] },
  ];
  try {
    let written = '';
    const stop = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
    for await (const part of streamModel(
      model,
      { prompt, temperature: 0, maxOutputTokens: 200, reasoning: 'none' },
      stop,
    )) {
      if (part.type === 'text') written += part.text;
    }
    const reworded = written.trim().split('\n')[0]?.trim() ?? '';
    if (reworded !== '' && reworded.length <= LONGEST) return { question: reworded, notices: [] };
  } catch {
    signal.throwIfAborted();
  }
  const message =
    "The model couldn't rewrite the question, so search used it unchanged, together with the previous question.";
  return { question: null, notices: [{ code: 'question-not-rewritten', message }] };
}
