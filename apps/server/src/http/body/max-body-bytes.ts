import type { Meta } from '@lorebox/api/trpc';
import type { AnyTRPCProcedure } from '@trpc/server';
import type { Config } from '../../config.ts';
import { MAX_CALL_BYTES, MAX_PUBLIC_BYTES } from './body-reader.ts';

/** The size of a body that these procedures take together. Undefined stands for one that there isn't. */
export function maxBodyBytes(procedures: readonly (AnyTRPCProcedure | undefined)[], http: Config['http']): number {
  const metas = procedures.map((procedure) => procedure?._def.meta as Meta | undefined);
  // A public procedure reads its input before anybody has proved who they are.
  if (metas.some((meta) => meta === undefined || meta.openapi?.public)) return MAX_PUBLIC_BYTES;
  return metas.some((meta) => meta?.largeBody) ? http.maxBodyBytes : MAX_CALL_BYTES;
}
