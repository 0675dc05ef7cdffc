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
import { cancelSourceRun } from '@lorebox/core/sources/cancel-source-run';
import { createSource } from '@lorebox/core/sources/create-source';
import { deleteSource } from '@lorebox/core/sources/delete-source';
import { getSource } from '@lorebox/core/sources/get-source';
import { listConnectors } from '@lorebox/core/sources/list-connectors';
import { listSourceRuns } from '@lorebox/core/sources/list-source-runs';
import { listSources } from '@lorebox/core/sources/list-sources';
import { runSource } from '@lorebox/core/sources/run-source';
import { updateSource } from '@lorebox/core/sources/update-source';
import { z } from 'zod';
import { NoContent, procedure, router } from '../trpc.ts';

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
        summary: 'List connectors',
      },
    })
    .output(z.object({ connectors: z.array(ConnectorInfo) }))
    .query(async ({ ctx }) => ({ connectors: await listConnectors(ctx.core, ctx.actor) })),
  create: procedure
    .meta({
      largeBody: true,
      openapi: {
        ...write,
        method: 'POST',
        path: '/workspaces/{workspace}/sources',
        example: {
          input: { connector: 'website', config: { urls: ['https://example.com/docs'], depth: 1 }, everyMinutes: 1440 },
        },
        summary: 'Create a source',
        description:
          'Unless `skipCheck` is set, access to the source is checked first. The first sync run starts immediately. Secrets in ' +
          '`config` are encrypted and never returned.',
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
    .meta({ openapi: { ...read, method: 'GET', path: '/sources/{sourceId}', summary: 'Get a source' } })
    .input(SourceRef)
    .output(SyncSource)
    .query(({ ctx, input }) => getSource(ctx.core, ctx.actor, input.sourceId)),
  update: procedure
    .meta({
      largeBody: true,
      openapi: {
        ...write,
        method: 'PATCH',
        path: '/sources/{sourceId}',
        example: { input: { everyMinutes: 15 } },
        summary: 'Update a source',
        description: 'Changing the settings triggers a full listing. Omitted secrets keep their value.',
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
        status: 204,
      },
    })
    .input(DeleteSourceInput)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteSource(ctx.core, ctx.actor, input);
    }),
  run: procedure
    .meta({
      openapi: {
        ...write,
        method: 'POST',
        path: '/sources/{sourceId}/run',
        example: { input: { full: true } },
        summary: 'Start a sync run',
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
        summary: 'Cancel a sync run',
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
        summary: 'List sync runs, newest first',
      },
    })
    .input(ListSourceRunsInput)
    .output(pageOf(SourceRun))
    .query(({ ctx, input }) => listSourceRuns(ctx.core, ctx.actor, input)),
});
