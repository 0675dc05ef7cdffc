import type { Meta } from '@lorebox/api/trpc';
import type { AnyTRPCProcedure } from '@trpc/server';
import type { Config } from '../../config.ts';
import { MAX_CALL_BYTES, MAX_PUBLIC_BYTES } from './body-reader.ts';

/** Returns the maximum body size of these procedures combined. Undefined entries are procedures that don't exist. */
export function maxBodyBytes(procedures: readonly (AnyTRPCProcedure | undefined)[], http: Config['http']): number {
  const metas = procedures.map((procedure) => procedure?._def.meta as Meta | undefined);
  // A public procedure reads its input before the caller is authenticated.
  if (metas.some((meta) => meta === undefined || meta.openapi?.public)) return MAX_PUBLIC_BYTES;
  return metas.some((meta) => meta?.largeBody) ? http.maxBodyBytes : MAX_CALL_BYTES;
}
