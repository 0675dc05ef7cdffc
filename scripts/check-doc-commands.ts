// Runs the shell commands of the guides, file by file, each against a fresh server. Exits with 1 if a command fails.
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLorebox } from '../packages/testkit/src/lorebox-process.ts';

const ROOT = join(import.meta.dirname, '..');
const API_KEY = 'choose-a-long-secret';
const FILE_TIMEOUT_MS = 300_000;
const MIN_BLOCKS = 25;

/** Commands that need something this check doesn't have. */
const SKIPPED: [RegExp, string][] = [
  [/\bsudo\b/, 'changes the system'],
  [/npm (start|test)\b|\.ci\/run|npm run (bench|build:web)/, 'starts a server, a build, tests or a benchmark'],
  [/npm install|pnpm|lorebox:add|fetch-test-model/, 'installs packages'],
  [/\bdocker /, 'needs a container engine'],
  [/\bollama /, 'needs Ollama'],
  [/example\.com|n8n\.lan|github_pat/, 'needs another host'],
  [/scan\.pdf|meeting\.mp3/, 'needs a file of the reader'],
];

/** Placeholders for an id in the output of an earlier command. */
const PLACEHOLDERS: Record<string, string> = {
  WORKSPACE_ID: 'ws',
  DOCUMENT_ID: 'doc',
  THREAD_ID: 'thr',
  MESSAGE_ID: 'msg',
  SOURCE_ID: 'src',
  USER_ID: 'usr',
  KEY_ID: 'key',
  INVITE_ID: 'inv',
};

/** `latest PREFIX` prints the first id with that prefix from the newest output that contains one. */
const PRELUDE = `
set -euo pipefail
mkdir outputs
count=1000
npm() { count=$((count + 1)); command npm "$@" > "outputs/$count"; cat "outputs/$count"; }
curl() { count=$((count + 1)); command curl --fail-with-body "$@" > "outputs/$count" || { cat "outputs/$count" >&2; return 1; }; cat "outputs/$count"; }
latest() {
  for file in $(ls -r outputs); do
    id=$(grep -oE "$1_[0-9a-z]+" "outputs/$file" | sed -n 1p || true)
    if [ -n "$id" ]; then echo "$id"; return; fi
  done
  echo "no output has an id that starts with $1_" >&2
  return 1
}
`;

/** What readers have when they open a guide: a workspace with a document, and a file to upload. */
const FIXTURES = `
npm run -s lorebox -- workspace create demo
npm run -s lorebox -- upload demo ARCHITECTURE.md --wait
curl -s http://127.0.0.1:3001/v1/workspaces/demo -H "Authorization: Bearer $LOREBOX_API_KEY"
`;

interface Guide {
  path: string;
  blocks: string[];
  skipped: string[];
}

function readGuide(path: string): Guide {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const guide: Guide = { path, blocks: [], skipped: [] };
  for (const [, block = ''] of text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)) {
    const reason = SKIPPED.find(([pattern]) => pattern.test(block))?.[1];
    if (reason === undefined) guide.blocks.push(block);
    else guide.skipped.push(reason);
  }
  return guide;
}

/** Closes single quotes around a placeholder, so that the shell expands it. */
function fillPlaceholders(block: string): string {
  return block.replace(/\b[A-Z]+_ID\b/g, (name, offset: number) => {
    const prefix = PLACEHOLDERS[name];
    if (prefix === undefined) return name;
    const isQuoted = block.slice(0, offset).split("'").length % 2 === 0;
    return isQuoted ? `'"$(latest ${prefix})"'` : `$(latest ${prefix})`;
  });
}

function toScript({ blocks }: Guide, url: string, folder: string): string {
  const isQuickStart = blocks.some((block) => block.includes('workspace create demo'));
  const commands = isQuickStart ? blocks : [FIXTURES, ...blocks];
  return [PRELUDE, ...commands.map(fillPlaceholders)]
    .join('\n')
    .replaceAll('http://127.0.0.1:3001', url)
    .replaceAll('/tmp/handbook', join(folder, 'handbook'));
}

/** Creates a folder that looks like the repository to the commands. Their output is removed with it. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lorebox-doc-commands-'));
  const scripts = { lorebox: `node ${join(ROOT, 'scripts/bootstrap.mjs')} lorebox` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, scripts }));
  writeFileSync(join(folder, 'handbook.pdf'), 'The handbook says that the pump needs oil every 90 days.');
  cpSync(join(ROOT, 'apps/web/public/icon-192.png'), join(folder, 'logo.png'));
  for (const file of ['README.md', 'ARCHITECTURE.md']) cpSync(join(ROOT, file), join(folder, file));
  mkdirSync(join(folder, 'docs'));
  for (const file of globSync('docs/*.md', { cwd: ROOT })) cpSync(join(ROOT, file), join(folder, file));
  return folder;
}

/** Returns the end of the output, or null if all commands succeeded. */
async function findFailure(guide: Guide): Promise<string | null> {
  const cwd = makeFolder();
  const env = { LOREBOX_API_KEY: API_KEY, LOREBOX_SOURCE_FOLDERS: join(cwd, 'handbook') };
  const server = await startLorebox({ env });
  try {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', toScript(guide, server.url, cwd)], {
      cwd,
      encoding: 'utf8',
      timeout: FILE_TIMEOUT_MS,
      env: { ...process.env, LOREBOX_API_KEY: API_KEY, LOREBOX_URL: server.url },
    });
    return status === 0 ? null : `${stdout.slice(-500)}\n${stderr.slice(-1500)}`;
  } finally {
    await server.dispose();
    rmSync(cwd, { recursive: true, force: true });
  }
}

const paths = ['README.md', ...globSync('docs/{*,how-to/*}.md', { cwd: ROOT }).sort()];
const guides = paths.map(readGuide).filter(({ blocks, skipped }) => blocks.length + skipped.length > 0);
let failures = 0;
for (const guide of guides) {
  const failure = guide.blocks.length === 0 ? null : await findFailure(guide);
  const skipped = guide.skipped.length === 0 ? '' : `, ${guide.skipped.length} skipped (${guide.skipped.join('; ')})`;
  process.stdout.write(`${failure === null ? 'ok' : 'FAILED'} ${guide.path}: ${guide.blocks.length} run${skipped}\n`);
  if (failure === null) continue;
  failures += 1;
  process.stdout.write(`${failure}\n`);
}
const total = guides.reduce((sum, { blocks }) => sum + blocks.length, 0);
if (total < MIN_BLOCKS) process.stdout.write(`Only ${total} blocks were found; ${MIN_BLOCKS} or more are expected.\n`);
process.exit(failures > 0 || total < MIN_BLOCKS ? 1 : 0);
