import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { latencyOf } from '@lorebox/contract/latency-buckets';
import { MAX_USAGE_DAYS, type UsageSummary, type UsageSummaryInput } from '@lorebox/contract/usage';
import type { LatencyCount, UsageQuery } from '@lorebox/ports/usage-store';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

const DAY_MS = 86_400_000;
const MAX_ROWS = 1000;
const ALL = { memberId: null, workspaceId: null };

/** Questions, tokens and times per day, user, model or workspace. */
export async function summarizeUsage(core: Core, actor: Actor, input: UsageSummaryInput): Promise<UsageSummary> {
  requireScope(actor, 'system:read');
  requireUnbound(actor);
  const query = await toQuery(core, actor, input);
  const totals = await core.stores.usage.totals(query, MAX_ROWS);
  const latencies = Map.groupBy(await core.stores.usage.latencies(query), ({ key, kind }) => `${kind} ${key}`);
  const items = [];
  for (const row of totals) {
    const total = latencies.get(`total ${row.key}`) ?? [];
    items.push({
      ...row,
      label: await labelOf(core, query.by, row.key),
      latencyMsP50: percentile(total, 0.5),
      latencyMsP95: percentile(total, 0.95),
      firstTokenMsP50: percentile(latencies.get(`first-token ${row.key}`) ?? [], 0.5),
    });
  }
  return { items };
}

async function toQuery(
  core: Core,
  actor: Actor,
  { since, until, by, workspace: ref }: UsageSummaryInput,
): Promise<UsageQuery> {
  const [first, last] = [dayOf(since), dayOf(until)];
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (days < 1) throw new AppError('BAD_REQUEST', '`until` is before `since`.');
  if (days > MAX_USAGE_DAYS) throw new AppError('BAD_REQUEST', `Choose at most ${MAX_USAGE_DAYS} days.`);
  const workspace = ref === undefined ? null : await findWorkspace(core, actor, ref, 'viewer');
  return { from: first, to: last, by, workspaceId: workspace?.id ?? null };
}

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The time that this share of the answers did not exceed. Null without answers. */
function percentile(counts: readonly LatencyCount[], share: number): number | null {
  const all = counts.reduce((sum, { answers }) => sum + answers, 0);
  let seen = 0;
  for (const { bucket, answers } of counts) {
    seen += answers;
    if (seen >= all * share) return latencyOf(bucket);
  }
  return null;
}

async function labelOf({ stores }: Core, by: UsageQuery['by'], key: string): Promise<string> {
  if (by === 'user') return (await stores.users.get(key))?.username ?? key;
  if (by === 'workspace') return (await stores.workspaces.find(key, ALL))?.name ?? key;
  return key;
}
