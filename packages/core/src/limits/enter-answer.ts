import type { Actor } from '@lorebox/contract/actor';
import type { Core } from '../core.ts';
import { callerOf } from './ceilings.ts';

/**
 * Reserves a slot for an answer, for its caller and its workspace (null for a direct model call).
 * @returns a function that releases the slot.
 * @throws AppError RATE_LIMITED or SHUTTING_DOWN.
 */
export function enterAnswer(core: Core, actor: Actor, workspaceId: string | null): () => void {
  core.answerHub.requireOpen();
  const { ceilings, settings: limits } = core.limits;
  const leaveCaller = ceilings.enter(`answers of ${callerOf(actor)}`, limits.answersPerCaller, 'answers in progress');
  if (workspaceId === null) return leaveCaller;
  try {
    const what = 'answers in progress in this workspace';
    const leaveWorkspace = ceilings.enter(`answers in ${workspaceId}`, limits.answersPerWorkspace, what);
    return () => {
      leaveCaller();
      leaveWorkspace();
    };
  } catch (error) {
    leaveCaller();
    throw error;
  }
}
