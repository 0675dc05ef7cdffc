import type { Actor } from '@lorebox/contract/actor';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** Called before the body of an upload is read, so that nothing is stored for callers without access. */
export async function requireMayUpload(core: Core, actor: Actor, ref: string): Promise<void> {
  requireScope(actor, 'documents:write');
  await findWorkspace(core, actor, ref, 'editor');
}
