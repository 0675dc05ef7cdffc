import type { Limits } from '@lorebox/core/limits/ceilings';
import type { Env } from './env.ts';

const MB = 1024 * 1024;

/** Ceilings for one caller and one workspace, as the environment has them. */
export function limitsOf(env: Env): Limits {
  return {
    callsPerCaller: env.LOREBOX_MAX_CALLS,
    streamsPerCaller: env.LOREBOX_MAX_STREAMS,
    uploadsPerCaller: env.LOREBOX_MAX_UPLOADS,
    answersPerCaller: env.LOREBOX_MAX_ANSWERS,
    answersPerWorkspace: env.LOREBOX_MAX_WORKSPACE_ANSWERS,
    documentsPerWorkspace: env.LOREBOX_MAX_DOCUMENTS,
    bytesPerWorkspace: env.LOREBOX_MAX_WORKSPACE_MB * MB,
  };
}

/** Disk space that uploads leave free, in bytes. */
export function minFreeBytesOf(env: Env): number {
  return env.LOREBOX_MIN_FREE_DISK_MB * MB;
}
