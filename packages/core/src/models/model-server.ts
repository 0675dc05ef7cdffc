import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { ModelServer, SetModelServerInput } from '@lorebox/contract/model';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';

const SETTING = 'model-server';

interface StoredServer {
  url: string;
  /** Sealed by the vault. */
  apiKey: string | null;
}

async function readStored({ stores }: Pick<Core, 'stores'>): Promise<StoredServer | null> {
  const stored = await stores.settings.get(SETTING);
  return stored === null ? null : JSON.parse(stored);
}

export async function getModelServer(core: Core, actor: Actor): Promise<ModelServer> {
  requireScope(actor, 'models:write');
  requireUnbound(actor);
  return describe(core);
}

async function describe(core: Core): Promise<ModelServer> {
  const stored = await readStored(core);
  if (stored) return { url: stored.url, hasApiKey: stored.apiKey !== null, isFromEnvironment: false };
  const server = core.models.chat.server();
  return { url: server?.url ?? null, hasApiKey: server?.apiKey !== undefined, isFromEnvironment: server !== null };
}

/**
 * Sets the OpenAI-compatible server with chat models, and uses it at once.
 * @throws AppError URL_REFUSED for a private address that isn't allowed, BAD_REQUEST if the URL changes without a key.
 */
export async function setModelServer(core: Core, actor: Actor, input: SetModelServerInput): Promise<ModelServer> {
  requireScope(actor, 'models:write');
  requireUnbound(actor);
  const { settings, audit } = core.stores;
  const stored = await readStored(core);
  if (input.url === null) {
    const entry = entryOf(core, actor, 'model-server.updated', { details: { url: null, hasApiKey: false } });
    await audit.with(entry, () => settings.remove(SETTING));
  } else {
    const url = withoutSlash(input.url);
    await core.network.webhooks.check(url);
    const next = { url, apiKey: sealKey(core, stored, url, input.apiKey) };
    const details = { url: new URL(url).origin, hasApiKey: next.apiKey !== null };
    const entry = entryOf(core, actor, 'model-server.updated', { details });
    await audit.with(entry, () => settings.set(SETTING, JSON.stringify(next)));
  }
  await applyModelServer(core);
  return describe(core);
}

/** Uses the stored server. Called at startup, and when it changes. */
export async function applyModelServer(core: Pick<Core, 'stores' | 'models' | 'security'>): Promise<void> {
  const stored = await readStored(core);
  if (!stored) return core.models.chat.setServer(null);
  const apiKey = stored.apiKey === null ? undefined : core.security.vault.open(stored.apiKey);
  core.models.chat.setServer({ url: stored.url, apiKey });
}

/** A stored key must not be sent to another address than the one it was entered for. */
function sealKey(
  { security }: Core,
  stored: StoredServer | null,
  url: string,
  apiKey: string | null | undefined,
): string | null {
  if (apiKey) return security.vault.seal(apiKey);
  if (apiKey === null || !stored?.apiKey) return null;
  if (stored.url === url) return stored.apiKey;
  throw new AppError(
    'BAD_REQUEST',
    'Changing the URL changes where the API key is sent. Enter the key again, or remove it.',
  );
}

const withoutSlash = (url: string) => (url.endsWith('/') ? url.slice(0, -1) : url);
