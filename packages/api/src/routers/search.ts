import { SearchInput, SearchResult } from '@lorebox/contract/search';
import { search } from '@lorebox/core/search/search';
import { procedure } from '../trpc.ts';

export const searchProcedure = procedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/workspaces/{workspace}/search',
      tags: ['search'],
      scopes: ['documents:read'],
      example: { input: { query: 'opening hours', k: 5 } },
      summary: 'Search documents',
    },
  })
  .input(SearchInput)
  .output(SearchResult)
  .query(({ ctx, input }) => search(ctx.core, ctx.actor, input, ctx.signal()));
