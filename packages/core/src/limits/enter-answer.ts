import type { Actor } from '@lorebox/contract/actor';
import type { Core } from '../core.ts';
import { callerOf } from './ceilings.ts';

/**
 * A place for an answer that is about to be written, for its caller and its workspace (null for a model asked by itself).
 * @returns gives the place back.
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
