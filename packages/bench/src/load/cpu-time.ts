import { readFileSync } from 'node:fs';

const MS_PER_TICK = 10;

/**
 * Returns the CPU time in milliseconds that a process has used in all threads; NaN without /proc. On a shared machine
 * it is more reliable than wall-clock time.
 */
export function readCpuTime(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain spaces. User and system time are fields 12 and 13 after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return Number.NaN;
  }
}
