// Prints the line coverage of product code by the unit and end-to-end tests together. Run both with
// LOREBOX_TEST_COVERAGE=1 first; CI does. Tests run in a vitest process, which reports in coverage/{unit,e2e}. Servers
// and command lines started by tests write V8's format to coverage/v8. Types are stripped in place, so V8's offsets
// match the source.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(import.meta.dirname, '..');
const COVERAGE = join(ROOT, 'coverage');
/** Percentage of covered lines below which CI fails. */
const MIN_PERCENT = 90;
const MAX_LISTED = 15;

interface IstanbulFile {
  path: string;
  statementMap: Record<string, { start: { line: number; column: number } }>;
  s: Record<string, number>;
}

interface V8Script {
  url: string;
  functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[];
}

/** Lines with a statement; true if they ran. */
type Lines = Map<number, boolean>;

interface SourceFile {
  lines: Lines;
  /** Line and offset of each statement, sorted by offset. */
  statements: { line: number; offset: number }[];
}

function readIstanbul(files: Map<string, SourceFile>, report: string): void {
  if (!existsSync(report)) return;
  const data: Record<string, IstanbulFile> = JSON.parse(readFileSync(report, 'utf8'));
  for (const { path, statementMap, s } of Object.values(data)) {
    const file = files.get(path) ?? createFile(path, statementMap);
    files.set(path, file);
    for (const [id, { start }] of Object.entries(statementMap)) {
      const hasRun = (s[id] ?? 0) > 0;
      if (file.lines.has(start.line) && hasRun) file.lines.set(start.line, true);
    }
  }
}

function createFile(path: string, statementMap: IstanbulFile['statementMap']): SourceFile {
  const offsets = [0];
  const text = readFileSync(path, 'utf8');
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  const statements = Object.values(statementMap).map(({ start }) => {
    return { line: start.line, offset: (offsets[start.line - 1] ?? 0) + start.column };
  });
  statements.sort((a, b) => a.offset - b.offset);
  return { lines: new Map(statements.map(({ line }) => [line, false])), statements };
}

/** Inner ranges follow outer ones, so the last range that contains a statement counts. */
function addScript({ lines, statements }: SourceFile, { functions }: V8Script): void {
  const counts = new Int32Array(statements.length);
  for (const { ranges } of functions) {
    for (const { startOffset, endOffset, count } of ranges) {
      for (let i = firstFrom(statements, startOffset); i < statements.length; i += 1) {
        if ((statements[i]?.offset ?? 0) >= endOffset) break;
        counts[i] = count;
      }
    }
  }
  for (const [i, { line }] of statements.entries()) if ((counts[i] ?? 0) > 0) lines.set(line, true);
}

function firstFrom(statements: SourceFile['statements'], offset: number): number {
  let [low, high] = [0, statements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readV8(files: Map<string, SourceFile>): void {
  for (const name of globSync('v8/*.json', { cwd: COVERAGE })) {
    let result: V8Script[];
    try {
      result = JSON.parse(readFileSync(join(COVERAGE, name), 'utf8')).result;
    } catch {
      continue; // the process was killed while writing
    }
    for (const script of result) {
      if (!script.url.startsWith('file://')) continue;
      const file = files.get(fileURLToPath(script.url));
      if (file) addScript(file, script);
    }
  }
}

const files = new Map<string, SourceFile>();
for (const kind of ['unit', 'e2e']) readIstanbul(files, join(COVERAGE, kind, 'coverage-final.json'));
if (files.size === 0) {
  process.stderr.write('No coverage report found. Run the tests with LOREBOX_TEST_COVERAGE=1 first.\n');
  process.exit(1);
}
readV8(files);

interface Total {
  covered: number;
  all: number;
}
const percent = ({ covered, all }: Total) => (all === 0 ? 100 : (100 * covered) / all);
const perPackage = new Map<string, Total>();
const total: Total = { covered: 0, all: 0 };
const uncovered: { path: string; missing: number }[] = [];
for (const [path, { lines }] of files) {
  const name = relative(ROOT, path);
  const folder = name.split('/').slice(0, 2).join('/');
  const sum = perPackage.get(folder) ?? { covered: 0, all: 0 };
  const covered = [...lines.values()].filter(Boolean).length;
  for (const target of [sum, total]) {
    target.covered += covered;
    target.all += lines.size;
  }
  perPackage.set(folder, sum);
  uncovered.push({ path: name, missing: lines.size - covered });
}
for (const [folder, sum] of [...perPackage].sort()) {
  process.stdout.write(
    `${folder.padEnd(26)} ${percent(sum).toFixed(1).padStart(5)} %  (${sum.covered} of ${sum.all} lines)\n`,
  );
}
process.stdout.write('most uncovered lines:\n');
for (const { path, missing } of uncovered.sort((a, b) => b.missing - a.missing).slice(0, MAX_LISTED)) {
  process.stdout.write(`  ${String(missing).padStart(4)}  ${path}\n`);
}
const reached = percent(total);
process.stdout.write(`line coverage: ${reached.toFixed(1)} % of ${total.all} lines (minimum ${MIN_PERCENT} %)\n`);
process.exit(reached >= MIN_PERCENT ? 0 : 1);
