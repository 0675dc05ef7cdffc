/** JSON schemas of the caller, in which null is meaningful. */
const OPAQUE_KEYS: ReadonlySet<string> = new Set(['parameters', 'schema']);

/**
 * Returns a JSON value without null fields, because OpenAI clients send null for absent fields. Array elements stay.
 * The depth limit of the body reader bounds the recursion.
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(fields.map(([key, field]) => [key, OPAQUE_KEYS.has(key) ? field : withoutNulls(field)]));
}
