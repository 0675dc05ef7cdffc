import type { HealthCheck } from '@lorebox/contract/health';

/** What a check found, without its id and title. */
export type Finding = Pick<HealthCheck, 'severity' | 'message' | 'action'>;

export const ok = (message: string): Finding => ({ severity: 'ok', message, action: null });
export const warning = (message: string, action: string): Finding => ({ severity: 'warning', message, action });
export const failure = (message: string, action: string): Finding => ({ severity: 'error', message, action });

const GB = 1e9;

export function formatSize(bytes: number): string {
  return bytes < GB ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / GB).toFixed(1)} GB`;
}

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
