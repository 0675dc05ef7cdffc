/** Errors lose their stack when they cross threads as they are. */
export function plainFields(fields: Record<string, unknown>): Record<string, unknown> {
  const { err, ...rest } = fields;
  if (!(err instanceof Error)) return fields;
  return { ...rest, err: { type: err.name, message: err.message, stack: err.stack } };
}
