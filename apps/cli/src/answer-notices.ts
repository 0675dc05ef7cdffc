import type { AnswerEnd, SourcesFoundEvent } from '@lorebox/sdk';
import type { Notice } from './output.ts';

/** For servers that report how an answer ended, but have no notice about it. */
const ENDINGS: Readonly<Partial<Record<AnswerEnd['finishReason'], Notice>>> = {
  length: {
    code: 'output-limit',
    message: 'The answer was cut off at its maximum length. Raise maxAnswerTokens of the workspace, or ask for less.',
  },
  repetition: {
    code: 'repetition',
    message: 'The model repeated itself, so the answer was stopped. Ask again, or choose a larger model.',
  },
};

/** Returns why the answer is less than it could be: what happened while searching, and then while answering. */
export function noticesOf(found: Pick<SourcesFoundEvent, 'notices'> | null, end: AnswerEnd): Notice[] {
  const notices: Notice[] = [...(found?.notices ?? []), ...end.notices];
  const ending = ENDINGS[end.finishReason];
  return ending && !notices.some(({ code }) => code === ending.code) ? [...notices, ending] : notices;
}
