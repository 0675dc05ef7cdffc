export interface EmbeddingPrefixes {
  query: string;
  passage: string;
}

const NONE: EmbeddingPrefixes = { query: '', passage: '' };
const BGE_QUERY = 'Represent this sentence for searching relevant passages: ';
const KNOWN: readonly [pattern: RegExp, prefixes: EmbeddingPrefixes][] = [
  [/nomic-embed-text/, { query: 'search_query: ', passage: 'search_document: ' }],
  [/e5-mistral|e5.*instruct/, { query: 'Instruct: Retrieve passages that answer the question\nQuery: ', passage: '' }],
  [/(^|[^a-z0-9])e5([^a-z0-9]|$)/, { query: 'query: ', passage: 'passage: ' }],
  [/mxbai-embed|snowflake-arctic-embed(?!2)|bge-(small|base|large)-en/, { query: BGE_QUERY, passage: '' }],
  [/snowflake-arctic-embed2|arctic-embed-.*-v2/, { query: 'query: ', passage: '' }],
  [/embeddinggemma/, { query: 'task: search result | query: ', passage: 'title: none | text: ' }],
  [/qwen3-embedding/, { query: 'Instruct: Retrieve passages that answer the question\nQuery:', passage: '' }],
];

/** Prefixes that a model expects before questions and passages. Search is noticeably worse without them. */
export function prefixesOf(model: string): EmbeddingPrefixes {
  const name = model.toLowerCase();
  return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? NONE;
}
