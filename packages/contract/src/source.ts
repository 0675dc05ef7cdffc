import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { WorkspaceRef } from './workspace.ts';

/** Settings of a source are flat, so that a form, a command line and three SDKs can all write them. */
export const ConfigValue = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(4000)).max(1000),
]);
export type ConfigValue = z.infer<typeof ConfigValue>;

const SourceConfig = z
  .record(z.string().min(1).max(100), ConfigValue)
  .refine((value) => Object.keys(value).length <= 50, 'At most 50 settings.');
export type SourceConfig = z.infer<typeof SourceConfig>;

/** Something that documents can be taken from, and what it has to be told. */
export const ConnectorInfo = z
  .object({
    id: z.string().describe('Such as "website" or "github".'),
    label: z.string(),
    description: z.string(),
    reads: z.enum(['network', 'folder']).describe('Folders of the server are for admins, and have to be allowed.'),
    configSchema: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema of `config`. Secret settings are `writeOnly`.'),
    secrets: z.array(z.string()).describe('Settings that are sealed and never answered again.'),
    addresses: z
      .array(z.string())
      .describe('Settings that decide where secrets go. Changing one takes every secret again.'),
    requestsPerSecond: z.number().describe('How many requests are sent at most, unless the source says otherwise.'),
  })
  .meta({ id: 'ConnectorInfo' });
export type ConnectorInfo = z.infer<typeof ConnectorInfo>;

export const SyncCounts = z
  .object({
    seen: z.number().int().describe('Items that the source has named.'),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    removed: z.number().int(),
    failed: z.number().int().describe('Items that could not be read; what was there of them stays.'),
  })
  .meta({ id: 'SyncCounts' });
export type SyncCounts = z.infer<typeof SyncCounts>;

export const SyncProblem = z
  .object({ item: z.string(), message: z.string() })
  .meta({ id: 'SyncProblem', description: 'Why an item could not be read.' });
export type SyncProblem = z.infer<typeof SyncProblem>;

/** One pass over a source. `waiting`: it goes on by itself, `message` says why not now. */
export const SourceRun = z
  .object({
    id: Id,
    sourceId: Id,
    state: z.enum(['running', 'waiting', 'succeeded', 'failed', 'cancelled']),
    isFull: z.boolean().describe('It has listed everything there is; what was missing has been removed.'),
    attempts: z.number().int().describe('Tries that have failed.'),
    counts: SyncCounts,
    problems: z.array(SyncProblem).describe('The first hundred.'),
    message: z.string().nullable().describe('For people: why it waits or failed, and what to do.'),
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
    config: SourceConfig.describe('Without its secrets.'),
    secrets: z.record(z.string(), z.boolean()).describe('Which secrets are set; their values are not answered.'),
    everyMinutes: z.number().int().nullable().describe('Minutes between two passes; null: only when asked.'),
    requestsPerSecond: z.number().nullable().describe('Null takes what the connector thinks polite.'),
    enabled: z.boolean(),
    state: z.enum(['idle', 'queued', 'running', 'waiting']),
    items: z.number().int().describe('Items that are documents here.'),
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
  name: SourceName.optional().describe('Else the name of the connector.'),
  config: SourceConfig.describe('As the connector has it, secrets among it.'),
  everyMinutes: EveryMinutes.default(60),
  requestsPerSecond: RequestsPerSecond.default(null),
  skipCheck: z.boolean().default(false).describe('Do not try whether the source answers.'),
});
export type CreateSourceInput = z.infer<typeof CreateSourceInput>;

export const UpdateSourceInput = z.object({
  sourceId: Id,
  name: SourceName.optional(),
  config: z
    .record(z.string().min(1).max(100), ConfigValue.nullable())
    .optional()
    .describe(
      'Only what changes; null takes a setting away. Everything is listed anew afterwards. A change of an address takes every secret again.',
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
    .describe('List and read everything anew, what has been deleted here by hand included.'),
});
export type RunSourceInput = z.infer<typeof RunSourceInput>;

export const DeleteSourceInput = z.object({
  sourceId: Id,
  keepDocuments: z.boolean().describe('False deletes the documents that came from it as well.'),
});
export type DeleteSourceInput = z.infer<typeof DeleteSourceInput>;

export const ListSourceRunsInput = z.object({ sourceId: Id, ...PageInput.shape });
export type ListSourceRunsInput = z.infer<typeof ListSourceRunsInput>;
