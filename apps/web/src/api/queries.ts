import type { AppRouter } from '@lorebox/api/router';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

interface Queryable<Input, Output> {
  query(input: Input, options?: { signal?: AbortSignal }): Promise<Output>;
}

/**
 * Options for useQuery that call a procedure. The key starts with `name`, such as "documents.list", so that all pages of
 * a list can be refreshed together.
 */
export function query<Input, Output>(name: string, procedure: Queryable<Input, Output>, input: Input) {
  return {
    queryKey: [name, input] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) => procedure.query(input, { signal }),
  };
}

interface Paged<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The same for useInfiniteQuery over a list with cursors. */
export function pages<Input extends { cursor?: string | undefined }, Item>(
  name: string,
  procedure: Queryable<Input, Paged<Item>>,
  input: Input,
) {
  return {
    queryKey: [name, input, 'pages'] as const,
    queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string | undefined }) =>
      procedure.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Paged<Item>) => page.nextCursor ?? undefined,
  };
}
