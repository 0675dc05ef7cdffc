import { AppError } from '@lorebox/contract/errors';
import type { Rules } from './choose-model.ts';

/** The model that a caller asks for instead of the workspace's. @throws AppError FORBIDDEN where the workspace locks its own. */
export function requireMayOverride(workspace: Rules, wanted: string | null | undefined): void {
  if (!workspace.lockModel || wanted === undefined || wanted === null || wanted === workspace.model) return;
  throw new AppError('FORBIDDEN', "This workspace doesn't allow choosing a model per question. Leave out `model`.");
}
