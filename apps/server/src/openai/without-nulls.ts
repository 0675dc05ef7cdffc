/** JSON schemas of the caller: what they say about null is theirs. */
const OPAQUE_KEYS: ReadonlySet<string> = new Set(['parameters', 'schema']);

/**
 * A JSON value without the fields that are null: OpenAI's clients send null for what they leave out. Elements of arrays
 * stay. Recursion is bounded by the depth that the body reader allows.
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(fields.map(([key, field]) => [key, OPAQUE_KEYS.has(key) ? field : withoutNulls(field)]));
}
