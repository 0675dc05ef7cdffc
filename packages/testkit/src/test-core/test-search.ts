import type { CandidateScorer, SearchIndex } from '@lorebox/ports/search-index';
import type { Connection } from '@lorebox/storage/sqlite/connection';
import { highlight } from '@lorebox/storage/sqlite/search/highlight';
import { searchKeywords, shareOfKnownWords } from '@lorebox/storage/sqlite/search/keyword-search';
import { ScanStore } from '@lorebox/storage/sqlite/search/scan-store';
import { createSqliteSearchIndex } from '@lorebox/storage/sqlite/search/sqlite-search-index';
import { VectorSearch } from '@lorebox/storage/sqlite/search/vector-search';

/** The server's search index without its reader threads. Every search reads the vectors from the database. */
export function createInlineSearch(connection: Connection): SearchIndex & CandidateScorer {
  const openVectors = () => new VectorSearch(connection, new ScanStore(connection, 0, null));
  return {
    // The index starts its threads with the first search, and no search reaches it.
    ...createSqliteSearchIndex(':memory:', connection, { maxVectorBytes: 0, vectorFiles: null }),
    keyword: async (query, filter, limit) => ({
      hits: searchKeywords(connection, query, filter, limit),
      known: shareOfKnownWords(connection, query, filter),
      ms: 0,
    }),
    vector: async (vector, modelId, filter, limit) => {
      return { hits: await openVectors().search(modelId, vector, filter, limit), ms: 0 };
    },
    scoreCandidates: async (vector, modelId, filter, limit, candidates) => {
      const scored = await openVectors().score(modelId, vector, filter, limit, candidates);
      const { hits, isShort = false, isTooMany } = scored;
      return isTooMany ? null : { hits, isShort, ms: 0 };
    },
    highlight: async (query, texts) => highlight(query, texts),
  };
}
