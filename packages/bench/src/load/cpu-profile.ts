import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figure, printHeading, printTable } from '../report.ts';

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const TOP_PACKAGES = 12;
const TOP_FUNCTIONS = 25;
/** Entry files that identify the purpose of a thread. */
const ENTRIES = /(?:ingest-thread|writer-thread|keyword-search|vector-search|onnx-worker|start-server|child)\.ts$/;

/**
 * Returns the functions with the most self time per thread, from the profiles that a stopped server left in `folder`.
 */
export function printProfiles(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'))) {
    const profile = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile;
    const self = selfTimes(profile, placeOf);
    const idle = self.get('(idle)') ?? 0;
    self.delete('(idle)');
    const busy = [...self.values()].reduce((sum, time) => sum + time, 0);
    printHeading(`${threadOf(profile)}: ${figure(busy / 1000)} ms busy, ${figure(idle / 1000)} ms idle`);
    printTop('package', selfTimes(profile, packageOf), busy, TOP_PACKAGES);
    printTop('function', self, busy, TOP_FUNCTIONS);
  }
}

type CallFrame = CpuProfile['nodes'][number]['callFrame'];

function printTop(what: string, times: Map<string, number>, busy: number, count: number): void {
  times.delete('(idle)');
  const top = [...times].sort(([, a], [, b]) => b - a).slice(0, count);
  printTable(
    [what, 'self ms', 'share %'],
    top.map(([place, time]) => [place, figure(time / 1000), figure((100 * time) / busy)]),
  );
}

function threadOf({ nodes }: CpuProfile): string {
  const entry = nodes.find(({ callFrame }) => ENTRIES.test(callFrame.url))?.callFrame.url;
  return entry ? `Thread of ${entry.replace(/^.*\//, '')}` : 'Thread';
}

function selfTimes(
  { nodes, samples, timeDeltas }: CpuProfile,
  nameOf: (callFrame: CallFrame) => string,
): Map<string, number> {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const self = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const place = places.get(id) ?? '?';
    self.set(place, (self.get(place) ?? 0) + (timeDeltas[i] ?? 0));
  }
  return self;
}

function packageOf({ functionName, url }: CallFrame): string {
  if (!url) return /^\(/.test(functionName) ? functionName : '(native)';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  return (
    /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? /\/((?:apps|packages)\/[^/]+)/.exec(url)?.[1] ?? url
  );
}

function placeOf({ functionName, url, lineNumber }: CallFrame): string {
  const name = functionName || '(anonymous)';
  if (!url) return name;
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*\/((?:apps|packages)\/)/, '$1');
  return `${name} ${file}:${lineNumber + 1}`;
}
