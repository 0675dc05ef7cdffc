import type { AskInput } from '@lorebox/contract/chat';
import { MaxAnswerTokens } from '@lorebox/contract/workspace';
import type { CompletionRequest } from './completion-request.ts';
import type { ReasoningEffort } from './reasoning-effort.ts';

const THINKING = {
  none: 'off',
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
} as const satisfies Record<ReasoningEffort, AskInput['thinking']>;

/** Maximum length of the answer in tokens. `max_tokens` is the older name. */
export function maxTokensOf(request: CompletionRequest): number | undefined {
  return request.max_completion_tokens ?? request.max_tokens ?? undefined;
}

/** Length and thinking of a workspace's answer. Undefined: as the workspace is set. Limits outside its range are clamped. */
export function answerLimits(request: CompletionRequest): Pick<AskInput, 'maxAnswerTokens' | 'thinking'> {
  const { reasoning_effort: effort } = request;
  const max = maxTokensOf(request);
  const { minValue, maxValue } = MaxAnswerTokens;
  return {
    maxAnswerTokens: max === undefined ? undefined : Math.min(Math.max(max, minValue ?? max), maxValue ?? max),
    thinking: effort == null ? undefined : THINKING[effort],
  };
}
