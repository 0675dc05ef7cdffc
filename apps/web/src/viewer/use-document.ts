import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';

export const useDocument = (documentId: string) =>
  useQuery({ ...query('documents.get', api.documents.get, { documentId }), staleTime: 30_000 });

/** A link to the file that needs no cookie and expires. It is made again before it does. */
export const useFileLink = (documentId: string) =>
  useQuery({
    ...query('documents.link', asQuery, { documentId, inline: true }),
    staleTime: 5 * 60_000,
    refetchInterval: 8 * 60_000,
  });

const asQuery = {
  query: (input: { documentId: string; inline: boolean }, options?: { signal?: AbortSignal }) =>
    api.documents.link.mutate(input, options),
};
