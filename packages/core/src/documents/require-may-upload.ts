import type { Actor } from '@lorebox/contract/actor';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** Who may not write learns so before the first byte is stored. */
export async function requireMayUpload(core: Core, actor: Actor, ref: string): Promise<void> {
  requireScope(actor, 'documents:write');
  await findWorkspace(core, actor, ref, 'editor');
}
