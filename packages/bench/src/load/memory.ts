import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  server: number;
  /** Memory of the child processes: the parsers. */
  children: number;
}

/** Returns the resident memory in MB; NaN without /proc. */
export function readMemory(pid: number): Memory {
  const children = childrenOf(pid).map(residentMb);
  return { server: residentMb(pid), children: children.reduce((sum, size) => sum + size, 0) };
}

function residentMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return ids.map(Number).filter((id) => parentOf(id) === pid);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}
