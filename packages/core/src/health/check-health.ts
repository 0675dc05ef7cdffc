import type { Actor } from '@lorebox/contract/actor';
import type { HealthCheck, SystemHealth } from '@lorebox/contract/health';
import { hidePlaces } from '@lorebox/contract/hide-places';
import { isAdmin, requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { checkEmbedder, checkModels, checkVectorBackend } from './check-models.ts';
import { checkCleanUp, checkDatabase, checkDataFolder, checkDisk } from './check-storage.ts';
import { checkDocuments, checkSandbox, checkSources, checkWebhooks } from './check-work.ts';
import { type Finding, failure, ok } from './health-check.ts';

type Check = [id: HealthCheck['id'], title: string, run: (core: Core) => Promise<Finding | null>];

const CHECKS: readonly Check[] = [
  ['disk', 'Disk space', checkDisk],
  ['data-folder', 'Data folder', checkDataFolder],
  ['database', 'Database', checkDatabase],
  ['models', 'Models', checkModels],
  ['embedder', 'Embedder', checkEmbedder],
  ['vector-backend', 'Vector backend', checkVectorBackend],
  ['documents', 'Documents', checkDocuments],
  ['sources', 'Sources', checkSources],
  ['webhooks', 'Webhooks', checkWebhooks],
  ['sandbox', 'Parser isolation', checkSandbox],
  ['clean-up', 'Removal of expired data', checkCleanUp],
  ['version', 'Version', async ({ version }) => ok(`Lorebox ${version}.`)],
];

const RANK = { error: 0, warning: 1, ok: 2 } as const;

/** What is wrong with the installation and what to do. A check that fails itself is an error in the list. */
export async function checkHealth(core: Core, actor: Actor): Promise<SystemHealth> {
  requireScope(actor, 'system:read');
  requireUnbound(actor);
  const results = await Promise.all(CHECKS.map((check) => runCheck(core, check)));
  const items = results.flatMap((result) => result ?? []);
  items.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  if (isAdmin(actor)) return { items };
  return { items: items.map((item) => ({ ...item, message: hidePlaces(item.message) })) };
}

async function runCheck(core: Core, [id, title, run]: Check): Promise<HealthCheck | null> {
  try {
    const finding = await run(core);
    return finding && { id, title, ...finding };
  } catch (error) {
    core.log.error({ err: error, check: id }, 'health check failed');
    return { id, title, ...failure('The check failed.', 'Search the server log for "health check failed".') };
  }
}
