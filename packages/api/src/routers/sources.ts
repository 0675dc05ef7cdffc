import { Id } from '@lorebox/contract/ids';
import { pageOf } from '@lorebox/contract/page';
import {
  ConnectorInfo,
  CreateSourceInput,
  DeleteSourceInput,
  ListSourceRunsInput,
  ListSourcesInput,
  RunSourceInput,
  SourceRun,
  SyncSource,
  UpdateSourceInput,
} from '@lorebox/contract/source';
import {
  cancelSourceRun,
  createSource,
  deleteSource,
  getSource,
  listConnectors,
  listSourceRuns,
  listSources,
  runSource,
  updateSource,
} from '@lorebox/core/sources/sources';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const tags = ['sources'];
const read = { tags, scopes: ['sources:read'] };
const write = { tags, scopes: ['sources:write'] };
const SourceRef = z.object({ sourceId: Id });

export const sourcesRouter = router({
  connectors: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/connectors',
        summary: 'What sources there can be, and what each has to be told',
      },
    })
    .output(z.object({ connectors: z.array(ConnectorInfo) }))
    .query(async ({ ctx }) => ({ connectors: await listConnectors(ctx.core, ctx.actor) })),
  create: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/sources',
        example: {
          input: { connector: 'website', config: { urls: ['https://example.com/docs'], depth: 1 }, everyMinutes: 1440 },
        },
        summary: 'Have documents synced from somewhere',
        description:
          'The source is asked once whether it lets us in, unless `skipCheck` is set; the first pass begins at once. Secrets in ' +
          '`config` are sealed and not answered again.',
        status: 201,
      },
    })
    .input(CreateSourceInput)
    .output(SyncSource)
    .mutation(({ ctx, input }) => createSource(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/workspaces/{workspace}/sources',
        summary: 'List sources, newest first',
      },
    })
    .input(ListSourcesInput)
    .output(pageOf(SyncSource))
    .query(({ ctx, input }) => listSources(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({ openapi: { ...read, method: 'GET', path: '/sources/{sourceId}', summary: 'One source' } })
    .input(SourceRef)
    .output(SyncSource)
    .query(({ ctx, input }) => getSource(ctx.core, ctx.actor, input.sourceId)),
  update: procedure
    .meta({
      openapi: {
        ...write,
        method: 'PATCH',
        path: '/sources/{sourceId}',
        example: { input: { everyMinutes: 15 } },
        summary: 'Change a source, or switch it on and off',
        description: 'Other settings list everything anew. Secrets that are not sent stay as they are.',
      },
    })
    .input(UpdateSourceInput)
    .output(SyncSource)
    .mutation(({ ctx, input }) => updateSource(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: {
        ...write,
        method: 'DELETE',
        path: '/sources/{sourceId}',
        summary: 'Delete a source, with or without its documents',
      },
    })
    .input(DeleteSourceInput)
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteSource(ctx.core, ctx.actor, input);
      return { ok: true } as const;
    }),
  run: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/sources/{sourceId}/run',
        example: { input: { full: true } },
        summary: 'Sync it now',
        status: 202,
      },
    })
    .input(RunSourceInput)
    .output(SyncSource)
    .mutation(({ ctx, input }) => runSource(ctx.core, ctx.actor, input)),
  cancel: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/sources/{sourceId}/cancel',
        summary: 'Stop the sync that runs, waits or is queued',
      },
    })
    .input(SourceRef)
    .output(SyncSource)
    .mutation(({ ctx, input }) => cancelSourceRun(ctx.core, ctx.actor, input.sourceId)),
  runs: procedure
    .meta({
      openapi: {
        ...read,
        method: 'GET',
        path: '/sources/{sourceId}/runs',
        summary: 'The last passes, newest first, with what could not be read',
      },
    })
    .input(ListSourceRunsInput)
    .output(pageOf(SourceRun))
    .query(({ ctx, input }) => listSourceRuns(ctx.core, ctx.actor, input)),
});
