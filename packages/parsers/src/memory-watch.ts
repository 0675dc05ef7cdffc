import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Returns the resident memory of another process in bytes, or undefined if unknown. */
export async function readResidentBytes(pid: number): Promise<number | undefined> {
  if (process.platform === 'linux') {
    // Not statm, because it counts in pages, whose size differs between machines.
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  }
  if (process.platform === 'win32') return undefined;
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, output) => {
      const kilobytes = Number(output.trim());
      resolve(error || !kilobytes ? undefined : kilobytes * 1024);
    });
  });
}

/** Returns the larger value of the process and its first child: a sandboxed process has one process around it. */
async function readLargest(pid: number): Promise<number | undefined> {
  const own = await readResidentBytes(pid);
  const children =
    process.platform === 'linux' ? await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '') : '';
  const first = Number.parseInt(children, 10);
  const inside = Number.isNaN(first) ? undefined : await readResidentBytes(first);
  return own === undefined ? inside : Math.max(own, inside ?? 0);
}

/** Calls `onExceeded` once if the process exceeds the limit. Returns a function that stops watching. */
export function watchMemory(
  pid: number | Promise<number>,
  maxBytes: number,
  onExceeded: () => void,
  intervalMs = 100,
): () => void {
  let stopped = false;
  const look = async () => {
    const bytes = await readLargest(await pid);
    if (stopped) return;
    if (bytes !== undefined && bytes > maxBytes) {
      stopped = true;
      onExceeded();
      return;
    }
    timer = setTimeout(look, intervalMs);
  };
  let timer = setTimeout(look, intervalMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
