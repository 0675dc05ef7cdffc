import superjson from 'superjson';
import { reviveDates } from './revive-dates.ts';

/** @throws TRPCError BAD_REQUEST for types that no input uses. */
function deserialize(wire: unknown): unknown {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const { json, meta } = wire as { json?: unknown; meta?: unknown };
  if (meta === undefined || meta === null) return json;
  return reviveDates(json, typeof meta === 'object' ? (meta as { values?: unknown }).values : meta);
}

/** superjson, but inputs can contain only types that procedures use. */
export const transformer = {
  input: { serialize: superjson.serialize, deserialize },
  output: { serialize: superjson.serialize, deserialize: superjson.deserialize },
};
