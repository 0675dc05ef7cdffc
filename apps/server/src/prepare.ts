import { CreateApiKeyInput, ENV_KEY_PREFIX } from '@lorebox/contract/api-key';
import { AppError } from '@lorebox/contract/errors';
import { recoverAnswers } from '@lorebox/core/chat/recover-answers';
import { applyEmbedderSettings } from '@lorebox/core/embeddings/apply-embedder-settings';
import { createFirstAdmin } from '@lorebox/core/identity/create-first-admin';
import { issueSetupToken } from '@lorebox/core/identity/issue-setup-token';
import { storeApiKey } from '@lorebox/core/identity/store-api-key';
import { applyModelServer } from '@lorebox/core/models/model-server';
import type { App } from './compose.ts';
import type { Config } from './config.ts';

/**
 * Prepares the server before it listens: ends the answers that the last stop interrupted, uses the model server that an admin set, creates the first admin and
 * key in an empty database, and wakes the ingest if jobs are waiting. Returns the setup token if no one can sign in
 * yet.
 */
export async function prepare({ core, ingest }: App, { firstRun }: Config): Promise<string | null> {
  const cut = await recoverAnswers(core);
  if (cut > 0) core.log.warn({ answers: cut }, 'answers interrupted by the last shutdown');
  await applyModelServer(core);
  const setupToken = await prepareIdentity(core, firstRun);
  // The language follower measures workspaces after the start.
  await applyEmbedderSettings(core, new Set());
  const { queued, running } = await core.stores.documents.counts();
  if (queued + running > 0) ingest.wake();
  return setupToken;
}

async function prepareIdentity(core: App['core'], { admin, apiKey }: Config['firstRun']): Promise<string | null> {
  const isEmpty = (await core.stores.users.count()) === 0;
  if (isEmpty && apiKey) await registerKey(core, apiKey);
  if (isEmpty && admin) {
    if ((await createFirstAdmin(core, admin)) === null) throw new AppError('ALREADY_SET_UP');
    return null;
  }
  return issueSetupToken(core);
}

async function registerKey(core: App['core'], key: string): Promise<void> {
  if (await core.stores.apiKeys.getByHash(core.security.secrets.digest(key), new Date())) return;
  const input = CreateApiKeyInput.parse({ name: 'LOREBOX_API_KEY', scopes: ['*'] });
  await storeApiKey(core, { kind: 'system' }, key, {
    ...input,
    ownerId: null,
    createdBy: 'environment',
    prefix: ENV_KEY_PREFIX,
  });
}
