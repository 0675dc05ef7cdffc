import { z } from 'zod';
import { WorkspaceRef } from './workspace.ts';

export const MAX_USAGE_DAYS = 366;

export const UsageGrouping = z.enum(['day', 'user', 'model', 'workspace']).meta({ id: 'UsageGrouping' });
export type UsageGrouping = z.infer<typeof UsageGrouping>;

export const UsageSummaryInput = z.object({
  since: z.date().describe('First day (UTC).'),
  until: z.date().describe(`Last day (UTC), at most ${MAX_USAGE_DAYS} days from the first.`),
  by: UsageGrouping.default('day').describe('What a row stands for.'),
  workspace: WorkspaceRef.shape.workspace.optional().describe('Only questions in this workspace (id or slug).'),
});
export type UsageSummaryInput = z.infer<typeof UsageSummaryInput>;

const milliseconds = (what: string) =>
  z.number().nullable().describe(`${what} in milliseconds, within 5 percent. Null without completed answers.`);

/** Questions of one day, user, model or workspace. */
export const UsageRow = z
  .object({
    key: z.string().describe('Day as `2026-11-28`, or the id of the user, model or workspace. Empty if there is none.'),
    label: z.string().describe('Name of the user or workspace, otherwise the key. The id if it was deleted.'),
    questions: z.number().int().describe('Answers that ended, whether completed, failed or cancelled.'),
    failed: z.number().int().describe('Answers that failed. Cancelled ones are not counted.'),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    latencyMsP50: milliseconds('Median time of an answer'),
    latencyMsP95: milliseconds('95th percentile of the time of an answer'),
    firstTokenMsP50: milliseconds('Median time until the first word'),
  })
  .meta({ id: 'UsageRow' });
export type UsageRow = z.infer<typeof UsageRow>;

export const UsageSummary = z
  .object({
    items: z.array(UsageRow).describe('Days in order; users, models and workspaces by questions, the first 1,000.'),
  })
  .meta({ id: 'UsageSummary' });
export type UsageSummary = z.infer<typeof UsageSummary>;
