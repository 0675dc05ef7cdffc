import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { WorkspaceRef } from './workspace.ts';

/** Settings of a source are flat, so that forms, the command line and three SDKs can write them. */
export const ConfigValue = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(4000)).max(1000),
]);
export type ConfigValue = z.infer<typeof ConfigValue>;

const SourceConfig = z
  .record(z.string().min(1).max(100), ConfigValue)
  .refine((value) => Object.keys(value).length <= 50, 'At most 50 settings are allowed.');
export type SourceConfig = z.infer<typeof SourceConfig>;

/** A connector and its settings. */
export const ConnectorInfo = z
  .object({
    id: z.string().describe('Connector id, such as "website" or "github".'),
    label: z.string(),
    description: z.string(),
    reads: z
      .enum(['network', 'folder'])
      .describe('Reads folders on the server. Only admins can use it, and the folders must be allowed.'),
    configSchema: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema of `config`. Secret settings are `writeOnly`.'),
    secrets: z.array(z.string()).describe('Settings that are stored encrypted and never returned.'),
    addresses: z
      .array(z.string())
      .describe('Settings that decide where secrets are sent. If you change one, send all secrets again.'),
    requestsPerSecond: z
      .number()
      .describe('Default rate limit for requests to the source, unless the source sets its own.'),
  })
  .meta({ id: 'ConnectorInfo' });
export type ConnectorInfo = z.infer<typeof ConnectorInfo>;

export const SyncCounts = z
  .object({
    seen: z.number().int().describe('Items listed by the source.'),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    removed: z.number().int(),
    failed: z.number().int().describe("Items that couldn't be read. Their existing documents are kept."),
  })
  .meta({ id: 'SyncCounts' });
export type SyncCounts = z.infer<typeof SyncCounts>;

export const SyncProblem = z
  .object({ item: z.string(), message: z.string() })
  .meta({ id: 'SyncProblem', description: "Why the item couldn't be read." });
export type SyncProblem = z.infer<typeof SyncProblem>;

/** One sync run. `waiting`: it continues automatically; `message` says why it waits. */
export const SourceRun = z
  .object({
    id: Id,
    sourceId: Id,
    state: z.enum(['running', 'waiting', 'succeeded', 'failed', 'cancelled']),
    isFull: z.boolean().describe('True for a full sync run, which lists all items and removes the missing ones.'),
    attempts: z.number().int().describe('Failed attempts.'),
    counts: SyncCounts,
    problems: z.array(SyncProblem).describe('The first 100 problems.'),
    message: z
      .string()
      .nullable()
      .describe('Human-readable: why the sync run is waiting or failed, and what to do next.'),
    startedAt: z.date(),
    endedAt: z.date().nullable(),
  })
  .meta({ id: 'SourceRun' });
export type SourceRun = z.infer<typeof SourceRun>;

export const SyncSource = z
  .object({
    id: Id,
    workspaceId: Id,
    connector: z.string(),
    name: z.string(),
    config: SourceConfig.describe('Settings without secrets.'),
    secrets: z
      .record(z.string(), z.boolean())
      .describe('Names of the secrets that are set. Their values are never returned.'),
    everyMinutes: z.number().int().nullable().describe('Minutes between two sync runs. Null: only on request.'),
    requestsPerSecond: z
      .number()
      .nullable()
      .describe('Requests per second to the source. Null: the default of the connector.'),
    enabled: z.boolean(),
    state: z.enum(['idle', 'queued', 'running', 'waiting']),
    items: z.number().int().describe('Items stored as documents.'),
    lastRun: SourceRun.nullable(),
    nextRunAt: z.date().nullable(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'SyncSource' });
export type SyncSource = z.infer<typeof SyncSource>;

const SourceName = z.string().trim().min(1).max(200);
const EveryMinutes = z.number().int().min(1).max(525_600).nullable();
const RequestsPerSecond = z.number().min(0.01).max(1000).nullable();

export const CreateSourceInput = z.object({
  ...WorkspaceRef.shape,
  connector: z.string().min(1).max(50),
  name: SourceName.optional().describe('Display name. Default: the name of the connector.'),
  config: SourceConfig.describe('Settings of the connector, including secrets.'),
  everyMinutes: EveryMinutes.default(60),
  requestsPerSecond: RequestsPerSecond.default(null),
  skipCheck: z.boolean().default(false).describe('Skip the access check.'),
});
export type CreateSourceInput = z.infer<typeof CreateSourceInput>;

export const UpdateSourceInput = z.object({
  sourceId: Id,
  name: SourceName.optional(),
  config: z
    .record(z.string().min(1).max(100), ConfigValue.nullable())
    .optional()
    .describe(
      'Settings to change; null removes a setting. The next sync run is a full one. If you change an address, send all secrets again.',
    ),
  everyMinutes: EveryMinutes.optional(),
  requestsPerSecond: RequestsPerSecond.optional(),
  enabled: z.boolean().optional(),
  skipCheck: z.boolean().default(false),
});
export type UpdateSourceInput = z.infer<typeof UpdateSourceInput>;

export const ListSourcesInput = z.object({ ...WorkspaceRef.shape, ...PageInput.shape });
export type ListSourcesInput = z.infer<typeof ListSourcesInput>;

export const RunSourceInput = z.object({
  sourceId: Id,
  full: z
    .boolean()
    .default(false)
    .describe('Run a full sync: list and read everything again, including documents that were deleted manually.'),
});
export type RunSourceInput = z.infer<typeof RunSourceInput>;

export const DeleteSourceInput = z.object({
  sourceId: Id,
  keepDocuments: z.boolean().describe('False also deletes the documents of the source.'),
});
export type DeleteSourceInput = z.infer<typeof DeleteSourceInput>;

export const ListSourceRunsInput = z.object({ sourceId: Id, ...PageInput.shape });
export type ListSourceRunsInput = z.infer<typeof ListSourceRunsInput>;
