import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { SourceConfig, SyncSource, UpdateSourceInput } from '@lorebox/contract/source';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { checkSource } from './check-source.ts';
import { findConnector, requireReach } from './find-connector.ts';
import { findSource, readSource } from './find-source.ts';
import { sourceAuditFields } from './source-audit.ts';
import { openConfig, requireSecretsAgain, sealConfig } from './source-config.ts';

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
  const entry = entryOf(core, actor, 'source.updated', sourceAuditFields(stored, changed));
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

async function readStored(core: Core, id: string): Promise<StoredSource> {
  const source = await core.stores.sources.stored(id);
  if (!source) throw new AppError('NOT_FOUND');
  return source;
}
