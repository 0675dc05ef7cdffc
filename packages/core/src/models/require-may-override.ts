import { AppError } from '@lorebox/contract/errors';
import type { Rules } from './choose-model.ts';

/** @throws AppError FORBIDDEN if the workspace locks its model and another one is requested. */
export function requireMayOverride(workspace: Rules, wanted: string | null | undefined): void {
  if (!workspace.lockModel || wanted === undefined || wanted === null || wanted === workspace.model) return;
  throw new AppError('FORBIDDEN', "This workspace doesn't allow choosing a model per question. Leave out `model`.");
}
