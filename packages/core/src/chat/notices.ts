import type { AnswerNotice, FinishReason } from '@lorebox/contract/chat';

/** Says that a slow model received fewer passages. */
export function shortenedNotice(used: number, retrieved: number): AnswerNotice {
  const message = `The model reads slowly, so it received the best ${used} of ${retrieved} passages. Raise firstTokenSeconds for more passages and a longer wait.`;
  return { code: 'sources-left-out', message };
}

/** Why an answer ended early; null if it is complete. */
export function stopNotice(reason: FinishReason, maxAnswerTokens: number): AnswerNotice | null {
  if (reason === 'length') {
    const message = `The answer was cut off at its maximum length of ${maxAnswerTokens} tokens. Raise maxAnswerTokens, or ask for less at once.`;
    return { code: 'output-limit', message };
  }
  if (reason === 'repetition') {
    const message = 'The model began to repeat itself, so the answer was stopped. Ask again, or choose a larger model.';
    return { code: 'repetition', message };
  }
  return null;
}
