import type { Actor, Scope } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Page } from '@lorebox/contract/page';
import type {
  ConnectorInfo,
  CreateSourceInput,
  DeleteSourceInput,
  ListSourceRunsInput,
  ListSourcesInput,
  RunSourceInput,
  SourceConfig,
  SourceRun,
  SyncSource,
  UpdateSourceInput,
} from '@lorebox/contract/source';
import type { MemberRole } from '@lorebox/contract/workspace';
import type { Connector } from '@lorebox/ports/connector';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope, roleOf } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireAllowed } from '../models/allowed.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { checkSource } from './check-source.ts';
import { describeConnector, openConfig, requireSecretsAgain, sealConfig } from './source-config.ts';

export async function listConnectors(core: Core, actor: Actor): Promise<ConnectorInfo[]> {
  requireScope(actor, 'sources:read');
  return (await core.connectors.registry.list()).map(describeConnector);
}

/** Its first sync run begins at once. */
export async function createSource(core: Core, actor: Actor, input: CreateSourceInput): Promise<SyncSource> {
  requireScope(actor, 'sources:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'owner');
  const connector = await findConnector(core, input.connector);
  requireReach(actor, connector);
  await requireAllowed(core, 'connector', connector.id);
  const at = new Date(core.clock.now());
  const source: StoredSource = {
    id: createId('src'),
    workspaceId: workspace.id,
    connector: connector.id,
    name: input.name ?? connector.label,
    ...sealConfig(connector, input.config, core.security.vault),
    everyMinutes: input.everyMinutes,
    requestsPerSecond: input.requestsPerSecond,
    enabled: true,
    nextRunAt: at,
    createdAt: at,
    updatedAt: at,
  };
  if (!input.skipCheck) await checkSource(core, connector, source);
  const entry = entryOf(core, actor, 'source.created', aboutSource(source));
  await core.stores.audit.with(entry, () => core.stores.sources.create(source));
  core.signals.sources.wake();
  return readSource(core, source.id);
}

export async function listSources(core: Core, actor: Actor, input: ListSourcesInput): Promise<Page<SyncSource>> {
  requireScope(actor, 'sources:read');
  const { workspace: ref, ...page } = input;
  const workspace = await findWorkspace(core, actor, ref, 'editor');
  return core.stores.sources.list({ ...page, workspaceId: workspace.id });
}

export async function getSource(core: Core, actor: Actor, sourceId: string): Promise<SyncSource> {
  return findSource(core, actor, sourceId, 'sources:read');
}

/** Another configuration lists everything anew; the secrets that are not sent stay as they are. */
export async function updateSource(core: Core, actor: Actor, input: UpdateSourceInput): Promise<SyncSource> {
  const { sourceId, config, skipCheck, ...rest } = input;
  await findSource(core, actor, sourceId, 'sources:write');
  const stored = await readStored(core, sourceId);
  const connector = await findConnector(core, stored.connector);
  requireReach(actor, connector);
  await requireAllowed(core, 'connector', connector.id);
  const now = new Date(core.clock.now());
  const change = { ...withoutUndefined(rest), ...scheduleOf({ ...stored, ...withoutUndefined(rest) }, rest, now) };
  const changed = [
    ...Object.keys(withoutUndefined(rest)),
    ...Object.keys(config ?? {}).map((name) => `config.${name}`),
  ];
  const entry = entryOf(core, actor, 'source.updated', aboutSource(stored, changed));
  if (config === undefined) {
    await core.stores.audit.with(entry, () =>
      core.stores.sources.update(sourceId, { ...change, updatedAt: now }, false),
    );
  } else {
    const merged = mergeConfig(openConfig(stored, core.security.vault), config);
    requireSecretsAgain(connector, stored, merged, config, core.security.vault);
    const sealed = sealConfig(connector, merged, core.security.vault);
    const next = { ...stored, ...change, ...sealed };
    if (!skipCheck) await checkSource(core, connector, next);
    const nextRunAt = next.enabled ? now : null;
    const written = { ...change, ...sealed, nextRunAt, updatedAt: now };
    await core.stores.audit.with(entry, () => core.stores.sources.update(sourceId, written, true));
  }
  if (config !== undefined || rest.enabled === false) {
    if (rest.enabled === false) await core.stores.sources.cancel(sourceId, now);
    core.signals.sources.abort(sourceId);
  }
  core.signals.sources.wake();
  return readSource(core, sourceId);
}

export async function deleteSource(core: Core, actor: Actor, input: DeleteSourceInput): Promise<void> {
  const source = await findSource(core, actor, input.sourceId, 'sources:write');
  const entry = entryOf(core, actor, 'source.deleted', aboutSource(source));
  const at = new Date(core.clock.now());
  await core.stores.audit.with(entry, () => core.stores.sources.remove(input.sourceId, input.keepDocuments, at));
  core.signals.sources.abort(input.sourceId);
  core.signals.sources.wake();
}

export async function runSource(core: Core, actor: Actor, input: RunSourceInput): Promise<SyncSource> {
  const { connector } = await findSource(core, actor, input.sourceId, 'sources:write');
  await requireAllowed(core, 'connector', connector);
  await core.stores.sources.queue(input.sourceId, new Date(core.clock.now()), input.full);
  if (input.full) core.signals.sources.abort(input.sourceId);
  const queued = await readSource(core, input.sourceId);
  core.signals.sources.wake();
  return queued;
}

export async function cancelSourceRun(core: Core, actor: Actor, sourceId: string): Promise<SyncSource> {
  await findSource(core, actor, sourceId, 'sources:write');
  if (!(await core.stores.sources.cancel(sourceId, new Date(core.clock.now())))) {
    throw new AppError('CONFLICT', 'No sync run to cancel.');
  }
  core.signals.sources.abort(sourceId);
  return readSource(core, sourceId);
}

export async function listSourceRuns(core: Core, actor: Actor, input: ListSourceRunsInput): Promise<Page<SourceRun>> {
  await findSource(core, actor, input.sourceId, 'sources:read');
  return core.stores.sources.listRuns(input);
}

/** Which settings were changed, and none of their values. */
function aboutSource(source: Pick<SyncSource, 'id' | 'workspaceId' | 'connector' | 'name'>, changed: string[] = []) {
  const { id, workspaceId, connector, name } = source;
  const details = { connector, name, ...(changed.length > 0 && { changed: changed.join(' ') }) };
  return { target: `source:${id}`, workspaceId, details };
}

/** A schedule that changes counts from now; one that is switched off has nothing to come. */
function scheduleOf(
  { enabled, everyMinutes }: StoredSource,
  given: { enabled?: boolean | undefined; everyMinutes?: number | null | undefined },
  now: Date,
): { nextRunAt?: Date | null } {
  if (given.enabled === undefined && given.everyMinutes === undefined) return {};
  if (!enabled || everyMinutes === null) return { nextRunAt: null };
  return { nextRunAt: given.enabled ? now : new Date(now.getTime() + everyMinutes * 60_000) };
}

function mergeConfig(kept: SourceConfig, change: NonNullable<UpdateSourceInput['config']>): SourceConfig {
  const entries = Object.entries({ ...kept, ...change }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as SourceConfig;
}

async function findConnector(core: Core, id: string): Promise<Connector> {
  const connector = await core.connectors.registry.find(id);
  if (connector) return connector;
  const known = (await core.connectors.registry.list()).map((one) => one.id).join(', ');
  throw new AppError('BAD_REQUEST', `Connector "${id}" not found. Available connectors: ${known}.`);
}

/** Folders of the server are everybody's: for those who may see every workspace. */
function requireReach(actor: Actor, { reads, id }: Connector): void {
  if (reads === 'network') return;
  const isUnbound = actor.kind !== 'apiKey' || actor.workspaceId === null;
  if (roleOf(actor) === 'admin' && isUnbound) return;
  throw new AppError('FORBIDDEN', `Only admins can use the connector "${id}", because it reads folders on the server.`);
}

async function findSource(
  core: Core,
  actor: Actor,
  id: string,
  scope: Extract<Scope, `sources:${string}`>,
): Promise<SyncSource> {
  requireScope(actor, scope);
  const source = await core.stores.sources.get(id);
  if (!source) throw new AppError('NOT_FOUND');
  const needed: MemberRole = scope === 'sources:write' ? 'owner' : 'editor';
  try {
    await findWorkspace(core, actor, source.workspaceId, needed);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new AppError('NOT_FOUND');
    throw error;
  }
  return source;
}

async function readSource(core: Core, id: string): Promise<SyncSource> {
  const source = await core.stores.sources.get(id);
  if (!source) throw new AppError('NOT_FOUND');
  return source;
}

async function readStored(core: Core, id: string): Promise<StoredSource> {
  const source = await core.stores.sources.stored(id);
  if (!source) throw new AppError('NOT_FOUND');
  return source;
}
