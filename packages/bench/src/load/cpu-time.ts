import { readFileSync } from 'node:fs';

const MS_PER_TICK = 10;

/**
 * Milliseconds of processor that a process has used so far, all threads; NaN where there is no /proc. On a machine that
 * others use too it says more than the clock.
 */
export function readCpuTime(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return Number.NaN;
  }
}
