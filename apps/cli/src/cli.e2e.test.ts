import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnswerEnd, type Citation, type Document, Lorebox, type SearchHit, type SyncSource } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { answerFromSources } from '@lorebox/testkit/fake-reply';
import { coverageEnv, type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const CLI = join(import.meta.dirname, 'main.ts');
const LIGHTHOUSE = 'The lighthouse at Cape Varn was built in 1874. It stands 31 metres tall on a granite base.';
const GOLDEN_QUESTION = 'How tall is the lighthouse at Cape Varn?';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;
/** Files to send, and the home and temporary folder of the command. */
let files: string;
let temporary: string;

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'cli-files-'));
  temporary = mkdtempSync(join(tmpdir(), 'cli-temporary-'));
  ollama = await startFakeOllama();
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_SOURCE_FOLDERS: files } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
  for (const folder of [files, temporary]) rmSync(folder, { recursive: true, force: true });
});

function start(args: string[], env: Record<string, string> = {}): ChildProcessWithoutNullStreams {
  const base = { ...coverageEnv, PATH: process.env.PATH ?? '', HOME: temporary, TMPDIR: temporary };
  const target = { LOREBOX_URL: server.url, LOREBOX_API_KEY: server.apiKey, LOREBOX_OLLAMA_URL: ollama.url };
  return spawn(process.execPath, [CLI, ...args], { env: { ...base, ...target, ...env } });
}

function collect(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

const run = (args: string[], env?: Record<string, string>) => collect(start(args, env));

/** Returns the JSON output of a command that must succeed. */
async function runJson<T>(args: string[], env?: Record<string, string>): Promise<T> {
  const { code, stdout, stderr } = await run([...args, '--json'], env);
  expect(code, stdout + stderr).toBe(0);
  const { data, error } = JSON.parse(stdout) as { data: T; error: null };
  expect(error).toBeNull();
  return data;
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(files, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const jsonLines = (name: string, rows: unknown[]) => write(name, rows.map((row) => JSON.stringify(row)).join('\n'));

/** Without what differs between two answers: times, and the estimate of the prompt, which learns from each answer. */
function withoutTime({
  timings: _,
  usage: __,
  answerId: ___,
  context: { promptTokens: ____, ...context },
  ...rest
}: Pick<AnswerEnd, 'timings' | 'usage' | 'answerId' | 'context'>) {
  return { ...rest, context };
}

describe('workspaces and documents', () => {
  it('creates, lists and deletes workspaces', async () => {
    expect(await run(['workspace', 'create', 'Field notes'])).toMatchObject({ code: 0, stdout: 'field-notes\n' });
    const created = await runJson<{ id: string; slug: string }>(['workspace', 'create', 'Field notes']);
    expect(created.slug).toBe('field-notes-2');
    const { workspaces } = await runJson<{ workspaces: { slug: string }[] }>(['workspace', 'list']);
    expect(workspaces.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['field-notes', 'field-notes-2']));
    expect((await run(['workspace', 'list'])).stdout).toMatch(/^field-notes\tField notes\tchat\tws_\w+$/m);
    expect(await run(['workspace', 'delete', 'field-notes', '--yes'])).toMatchObject({
      code: 0,
      stdout: 'deleted field-notes\n',
    });
    await runJson(['workspace', 'delete', created.id, '-y']);
    expect((await run(['workspace', 'list'])).stdout).not.toContain('field-notes');
    const again = await run(['workspace', 'delete', 'field-notes', '--yes']);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^lorebox: Workspace not found/);
  });

  it('keeps, replaces or rejects files whose path exists, as the caller chooses', async () => {
    await lorebox.workspaces.create({ name: 'Same path' });
    const path = write('plan.txt', 'The first plan.');
    const send = (...options: string[]) => run(['upload', 'same-path', path, ...options]);
    expect((await send()).code).toBe(0);
    write('plan.txt', 'The second plan.');
    const rejected = await send('--on-same-path', 'reject');
    expect(rejected.code).not.toBe(0);
    expect(rejected.stderr).toContain('Already in the workspace: "plan.txt"');
    expect((await send('--on-same-path', 'replace')).code).toBe(0);
    expect(await lorebox.documents.list('same-path').toArray()).toHaveLength(1);
    write('plan.txt', 'The third plan.');
    expect((await send()).code).toBe(0);
    expect(await lorebox.documents.list('same-path').toArray()).toHaveLength(2);
  });

  it('uploads files and folders, waits, and exits with 3 if some failed', async () => {
    await lorebox.api.workspaces.create.mutate({ name: 'Uploads' });
    write('folder/a.txt', 'Alpha is the first letter.');
    write('folder/deep/b.md', '# Beta\n\nBeta is the second letter.');
    write('folder/.hidden', 'not sent');
    const good = await run(['upload', 'uploads', join(files, 'folder'), write('c.txt', 'Gamma follows.'), '--wait']);
    expect(good).toMatchObject({ code: 0, stdout: '3 documents: 3 ready, 0 failed\n' });

    const broken = write('broken.pdf', '%PDF-1.7\nnothing else');
    const partly = await run(['upload', 'uploads', '--wait', broken, write('d.txt', 'Delta.')]);
    expect(partly.code).toBe(3);
    expect(partly.stdout).toMatch(/^2 documents: 1 ready, 1 failed\n {2}broken\.pdf: damaged: .+\n$/);

    const missing = await run(['upload', 'uploads', join(files, 'not-there.txt')]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('not-there.txt');

    type Row = Pick<Document, 'filename' | 'status' | 'title'>;
    const { documents } = await runJson<{ documents: Row[] }>(['documents', 'uploads']);
    expect(Object.keys(documents[0] ?? {})).toEqual(expect.arrayContaining(['id', 'externalId', 'size', 'metadata']));
    expect(documents.map(({ filename, status }) => `${filename} ${status}`).sort()).toEqual([
      'a.txt ready',
      'b.md ready',
      'broken.pdf failed',
      'c.txt ready',
      'd.txt ready',
    ]);
    expect(documents.find(({ filename }) => filename === 'b.md')).toMatchObject({
      title: 'Beta',
      externalId: null,
      reason: null,
      pages: null,
      chunks: 1,
    });
    expect(documents.find(({ filename }) => filename === 'broken.pdf')).toMatchObject({ reason: 'damaged', chunks: 0 });
    const listed = await runJson<{ documents: { id: string }[] }>(['documents', 'uploads']);
    const id = listed.documents[0]?.id ?? '';
    expect(await run(['documents', 'pin', id])).toMatchObject({ code: 0, stdout: 'pinned 1 document\n' });
    const unpinned = await runJson<{ documents: unknown[] }>(['documents', 'unpin', id]);
    expect(unpinned.documents).toMatchObject([{ id, pinned: false }]);
    const { stdout } = await run(['documents', 'uploads']);
    expect(stdout).toMatch(/^doc_\w+\tready\tfolder\/a\.txt\t[^\t]+\t1 chunk$/m);
    expect(stdout).toMatch(/^doc_\w+\tfailed\tbroken\.pdf\t[^\t]+\tdamaged: /m);
  });

  it('imports JSON lines and replaces documents with the same id', async () => {
    await lorebox.api.workspaces.create.mutate({ name: 'Imports' });
    const rows = [
      { id: 'n-1', title: 'Printer', text: 'The password of the printer is heron.' },
      { id: 2, text: 'The coffee machine is cleaned on Mondays.' },
    ];
    // Other programs leave byte order marks and empty lines in such files.
    const file = write('import.jsonl', `\ufeff${rows.map((row) => JSON.stringify(row)).join('\n\n')}\n`);
    const first = await run(['import', 'imports', file, '--wait']);
    expect(first).toMatchObject({ code: 0, stdout: '2 documents: 2 ready, 0 failed\n' });
    await run([
      'import',
      'imports',
      jsonLines('again.jsonl', [{ id: 'n-1', text: 'The printer has a badge reader.' }]),
      '--wait',
    ]);
    const { documents } = await runJson<{ documents: Document[] }>(['documents', 'imports']);
    expect(documents.map(({ externalId }) => externalId).sort()).toEqual(['2', 'n-1']);
    const { hits } = await runJson<{ hits: SearchHit[] }>(['search', 'imports', 'printer heron', '--mode', 'keyword']);
    expect(hits.map(({ text }) => text)).toEqual(['The printer has a badge reader.']);
  });

  it("reports the file and line that it can't import", async () => {
    const problems = {
      'broken.jsonl': ['{"id":"1","text":"fine"}', '', '{"id": oops}'],
      'no-text.jsonl': ['{"id":"1","text":"fine"}', '{"id":"x"}'],
      'null.jsonl': ['null'],
    };
    for (const [name, lines] of Object.entries(problems)) {
      const file = write(name, lines.join('\n'));
      const { code, stderr } = await run(['import', 'imports', file]);
      expect(code, name).toBe(1);
      expect(stderr).toContain(`${file}:${lines.length} `);
    }
    const missing = await run(['import', 'imports', join(files, 'missing.jsonl')]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('missing.jsonl');
    const { documents } = await runJson<{ documents: Document[] }>(['documents', 'imports']);
    expect(documents).toHaveLength(2);
  });
});

describe('sources', () => {
  it('adds, shows, runs, lists and removes sources', async () => {
    const folder = join(files, 'synced');
    mkdirSync(folder);
    writeFileSync(join(folder, 'one.md'), LIGHTHOUSE);
    writeFileSync(join(folder, 'two.log'), 'left out');
    await runJson(['workspace', 'create', 'Synced']);
    const connectors = await run(['source', 'connectors']);
    expect(connectors.stdout).toContain('github\t');
    expect((await run(['source', 'connectors', 'imap'])).stdout).toMatch(/password\t.*\(secret\)/);

    const settings = ['path=@env:SYNC_PATH', 'exclude=*.log, *.tmp', 'hidden=no'];
    const args = ['source', 'add', 'synced', 'folder', ...settings, '--every', '6h', '--name', 'Papers', '--wait'];
    const added = await run(args, { SYNC_PATH: folder });
    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('succeeded: 1 added') });
    const { sources } = await runJson<{ sources: SyncSource[] }>(['source', 'list', 'synced']);
    expect(sources).toMatchObject([{ name: 'Papers', everyMinutes: 360, items: 1, config: { hidden: false } }]);
    const id = sources[0]?.id ?? '';

    writeFileSync(join(folder, 'three.md'), 'Third.');
    expect((await run(['source', 'run', id, '--wait'])).stdout).toMatch(/1 added, 0 changed, 1 unchanged/);
    const shown = await run(['source', 'show', id]);
    expect(shown.stdout).toContain(`path = ${folder}`);
    expect(shown.stdout.match(/succeeded/g)?.length).toBeGreaterThanOrEqual(2);
    expect((await run(['source', 'remove', id, '--yes'])).stdout).toContain('removed');
    await vi.waitFor(async () => expect(await lorebox.documents.list('synced').toArray(9)).toEqual([]), 5000);
  });

  it('reports invalid sources', async () => {
    await runJson(['workspace', 'create', 'Unsynced']);
    const add = (...more: string[]) => run(['source', 'add', 'unsynced', ...more]);
    expect(await add('folder', 'path=/etc')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('LOREBOX_SOURCE_FOLDERS'),
    });
    expect(await add('imap', 'host=x', 'port=many')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('config.port'),
    });
    expect(await add('rss', 'nonsense')).toMatchObject({ code: 1, stderr: expect.stringContaining('key=value') });
    expect(await add('rss', 'url=@env:NOT_THERE')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('NOT_THERE'),
    });
    expect(await add('rss', 'url=http://a.b/', '--every', 'often')).toMatchObject({ code: 2 });
    const failed = await add('rss', 'url=http://10.0.0.1/', '--skip-check', '--wait');
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('LOREBOX_FETCH_ALLOW') });
  });
});

describe('search and ask', () => {
  beforeAll(async () => {
    const { id } = await lorebox.api.workspaces.create.mutate({ name: 'Golden' });
    const file = jsonLines('golden.jsonl', [
      { id: 'lighthouse', title: 'Cape Varn', text: LIGHTHOUSE },
      { id: 'bakery', title: 'Bakery', text: 'The bakery on Mill Street opens at six. Its rye bread takes two days.' },
    ]);
    await runJson(['import', 'golden', file, '--wait']);
    expect(await lorebox.api.documents.summary.query({ workspace: id })).toMatchObject({ ready: 2 });
  });

  it('searches in every mode with the requested number of results', async () => {
    for (const mode of ['keyword', 'vector', 'hybrid']) {
      const args = ['search', 'golden', 'lighthouse on granite', '-k', '1', '--mode', mode];
      const { hits, timings } = await runJson<{ hits: SearchHit[]; timings: { total: number } }>(args);
      expect(hits).toHaveLength(1);
      expect(hits[0], mode).toMatchObject({ externalId: 'lighthouse', title: 'Cape Varn', page: null, start: 0 });
      expect(LIGHTHOUSE.slice(hits[0]?.start, hits[0]?.end)).toBe(hits[0]?.text);
      expect(hits[0]?.score).toBeGreaterThan(0);
      expect(hits[0]?.documentId).toMatch(/^doc/);
      expect(timings.total).toBeGreaterThan(0);
    }
    const { stdout } = await run(['search', 'golden', 'lighthouse on granite']);
    expect(stdout).toMatch(/^1\. Cape Varn\n {3}The lighthouse/);
    expect(stdout).toMatch(/\d results in \d+ ms \(hybrid\)\n$/);
  });

  it('answers the golden question like the SDK', async () => {
    const expected = await lorebox.ask({ workspace: 'golden', question: GOLDEN_QUESTION }).final();
    type Asked = AnswerEnd & { threadId: string; sources: { externalId: string }[]; tableQueries: unknown[] };
    const {
      threadId,
      messageId: _,
      sources,
      tableQueries,
      ...answer
    } = await runJson<Asked>(['ask', 'golden', GOLDEN_QUESTION]);
    expect(sources[0]).toMatchObject({ n: 1, externalId: 'lighthouse' });
    expect(tableQueries).toEqual([]);
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining(['answerId', 'answer', 'citations', 'model', 'usage', 'timings']),
    );
    const { type: __, seq: ___, messageId: ____, ...rest } = expected;
    expect(withoutTime(answer)).toEqual(withoutTime(rest));
    expect(answer.answer).toContain('[1]');
    expect(answer.usage.inputTokens).toBe(expected.usage.inputTokens);
    expect(answer.citations[0]).toMatchObject({ n: 1, externalId: 'lighthouse', title: 'Cape Varn', page: null });
    expect(LIGHTHOUSE.slice(answer.citations[0]?.start, answer.citations[0]?.end)).toBe(answer.citations[0]?.text);

    const printed = await run(['ask', 'golden', ...GOLDEN_QUESTION.split(' ')]);
    expect(printed.code).toBe(0);
    expect(printed.stdout).toBe(`${expected.answer}\n\n[1] Cape Varn: “${expected.citations[0]?.text}”\n`);

    await runJson(['ask', 'golden', 'And when was it built?', '--thread', threadId]);
    const { items } = await lorebox.api.threads.messages.query({ threadId });
    expect(items.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    const foreign = await run(['ask', 'golden', 'And this?', '--thread', 'thr_unknown0000']);
    expect(foreign).toMatchObject({ code: 1, stdout: '' });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'prints the text as it arrives, and cancels the answer on the server on %s',
    async (signal) => {
      ollama.reply = Array.from({ length: 300 }, (_, i) => ` word${i}`);
      ollama.delayMs = 30;
      try {
        const aborted = ollama.aborted;
        const child = start(['ask', 'golden', 'Tell me a lot.']);
        const ended = collect(child);
        await new Promise<void>((resolve) =>
          child.stdout.on('data', (text) => String(text).includes('word5') && resolve()),
        );
        child.kill(signal);
        const { code, stdout } = await ended;
        expect(code).toBe(130);
        expect(stdout).not.toContain('word299');
        await expect.poll(() => ollama.aborted).toBe(aborted + 1);
        const [thread] = (await lorebox.api.threads.list.query({ workspace: 'golden' })).items;
        const { items } = await lorebox.api.threads.messages.query({ threadId: thread?.id ?? '' });
        expect(items[1]).toMatchObject({ role: 'assistant', status: 'cancelled' });
      } finally {
        ollama.delayMs = 0;
        ollama.reply = answerFromSources;
      }
    },
  );

  it('reports why an answer failed', async () => {
    ollama.faults = 'error-500';
    try {
      const text = await run(['ask', 'golden', GOLDEN_QUESTION]);
      expect(text.code).toBe(1);
      expect(text.stderr).toMatch(/^lorebox: .*Ollama/);
      const json = await run(['ask', 'golden', GOLDEN_QUESTION, '--json']);
      expect(json.code).toBe(1);
      expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'MODEL_FAILED' } });
    } finally {
      ollama.faults = 'none';
    }
    const unknown = await run(['ask', 'golden', GOLDEN_QUESTION, '--model', 'ollama:nope', '--json']);
    expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: 'MODEL_NOT_FOUND' } });
  });

  it.each([
    ['missing-x', /^lorebox: Model "missing-x" not found at ollama\.com\/library\./m, 'MODEL_NOT_FOUND'],
    ['offline-x', /no such host/, 'UNPROCESSABLE'],
    ['no such name', /invalid model name/, 'UNPROCESSABLE'],
  ])('ends a download that Ollama rejects, on every surface: %s', async (name, message, code) => {
    const id = `ollama:${name}`;
    const pulls = () => ollama.requests.filter(({ path }) => path === '/api/pull').length;
    const before = pulls();
    const ended = await run(['models', 'pull', id]);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
    const { stdout } = await run(['models', 'pull', id, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ data: null, error: { code } });
    await expect(Array.fromAsync(lorebox.models.pull(id))).rejects.toMatchObject({ code });
    const error = await new Promise<unknown>((resolve) => {
      lorebox.api.models.pull.subscribe({ id }, { onError: resolve, onComplete: () => resolve(null) });
    });
    expect(error).toMatchObject({ data: { appCode: code } });
    const response = await fetch(`${server.url}/v1/models/pull`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    });
    expect(await response.text()).toMatch(message.source.includes('found') ? /not found at ollama/ : message);
    expect(pulls() - before).toBe(5);
  });

  it('lists models and shows the server status', async () => {
    const { models } = await runJson<{ models: { id: string; isDefault: boolean }[] }>(['models']);
    expect(models.find(({ isDefault }) => isDefault)?.id).toBe('ollama:llama3.2:latest');
    expect((await run(['models'])).stdout).toMatch(/^\* ollama:llama3\.2:latest {2}\(\d+ tokens\)$/m);
    expect((await run(['models', 'pull', 'ollama:tiny'])).stdout).toBe('downloaded ollama:tiny\n');
    ollama.models = ollama.models.filter(({ name }) => !name.startsWith('tiny'));
    const status = await runJson<Record<string, unknown>>(['status']);
    expect(status).toMatchObject({ defaultModel: 'ollama:llama3.2:latest', jobs: { running: 0, queued: 0 } });
    expect((await run(['status'])).stdout).toContain(`at ${server.url}, up `);
  });
});

describe('options and errors', () => {
  it('reads URL and key from options before or after the command, or from the environment', async () => {
    const nowhere = { LOREBOX_URL: 'http://127.0.0.1:9', LOREBOX_API_KEY: 'lbx_not-a-key-of-this-server' };
    const where = ['--url', server.url, '--api-key', server.apiKey];
    expect((await run([...where, 'workspace', 'list'], nowhere)).code).toBe(0);
    expect((await run(['workspace', 'list', ...where], nowhere)).code).toBe(0);
    expect((await run(['workspace', ...where, 'list', '--json'], nowhere)).stdout).toMatch(/^\{"data":\{"workspaces":/);
    expect((await run(['--json', 'workspace', 'list'])).stdout).toMatch(/^\{"data":\{"workspaces":/);
    expect((await run(['status', '--url', `${server.url}/`])).code).toBe(0);
  });

  it('says what to do without a key, with a wrong key, and without a server', async () => {
    for (const key of ['', 'lbx_not-a-key-of-this-server']) {
      const { code, stderr } = await run(['status'], { LOREBOX_API_KEY: key });
      expect(code).toBe(1);
      expect(stderr).toContain('--api-key');
    }
    for (const command of [['status'], ['ask', 'golden', 'Anybody there?'], ['upload', 'golden', CLI]]) {
      const { code, stderr } = await run(command, { LOREBOX_URL: 'http://127.0.0.1:9' });
      expect(code).toBe(1);
      expect(stderr).toMatch(/Can't reach http:\/\/127\.0\.0\.1:9: \S.*\nStart the server \(`npm start`\).*--url/);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    const { stdout } = await run(['status', '--json'], { LOREBOX_URL: 'http://127.0.0.1:9' });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CONNECTION', requestId: null } });
  });

  it('exits with 2 on wrong usage and 1 on other errors, as JSON if requested', async () => {
    const wrong = [
      ['nonsense'],
      ['upload', 'golden'],
      ['search', 'golden'],
      ['search', 'golden', 'x', '-k', 'many'],
      ['search', 'golden', 'x', '--mode', 'magic'],
      ['ask', 'golden'],
      ['ask', '--files', 'only-a-question'],
      ['status', '--nonsense'],
      [],
    ];
    for (const [i, { code, stdout, stderr }] of (await Promise.all(wrong.map((args) => run(args)))).entries()) {
      expect(code, wrong[i]?.join(' ')).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).not.toBe('');
    }
    const usage = await run(['search', 'golden', '--json']);
    expect(usage.code).toBe(2);
    expect(JSON.parse(usage.stdout)).toMatchObject({ error: { code: 'USAGE' } });
    const unknown = await run(['documents', 'no-such-workspace', '--json']);
    expect(unknown.code).toBe(1);
    const { error } = JSON.parse(unknown.stdout) as { error: { code: string; requestId: string } };
    expect(error.code).toBe('NOT_FOUND');
    // The line is written after the response.
    await vi.waitFor(() => expect(server.logs()).toContain(error.requestId), { timeout: 10_000 });
    const help = await run(['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Exit codes');
  });
});

describe('ask --files', () => {
  const away = { LOREBOX_URL: 'http://127.0.0.1:9', LOREBOX_API_KEY: '' };
  /** Avoids loading the shipped embedder where vectors don't matter. */
  const quick = { LOREBOX_EMBEDDER: 'ollama:nomic-embed-text' };
  let pdf: string;
  let docx: string;

  beforeAll(() => {
    pdf = write('cape.pdf', makePdf(LIGHTHOUSE));
    docx = write('bakery.docx', makeDocx('The bakery on Mill Street opens at six.'));
  });

  /** Checks that no folder and no process of the command or its server is left. */
  async function expectNothingLeft(mark: string): Promise<void> {
    expect(readdirSync(temporary).filter((name) => name.startsWith('lorebox-'))).toEqual([]);
    await expect.poll(() => processesWith(mark), { timeout: 5000 }).toEqual([]);
  }

  it('answers from files without a server and leaves nothing behind', async () => {
    const env = { ...away, CLI_TEST_MARK: 'answers', LOREBOX_PUBLIC_URL: 'https://elsewhere.example' };
    const answer = await runJson<{ answer: string; citations: Citation[]; model: string }>(
      ['ask', '--files', pdf, docx, GOLDEN_QUESTION],
      env,
    );
    expect(answer.model).toBe('ollama:llama3.2:latest');
    expect(answer.answer).toContain('[1]');
    expect(answer.citations[0]).toMatchObject({ filename: 'cape.pdf', page: 1 });
    expect(LIGHTHOUSE).toContain(answer.citations[0]?.text);
    await expectNothingLeft('answers');
  });

  it('quotes passages without a model, and exits with 3 if a file could not be read', async () => {
    const env = { ...away, CLI_TEST_MARK: 'quotes', LOREBOX_OLLAMA_URL: 'http://127.0.0.1:9' };
    const empty = write('empty.txt', '');
    const { code, stdout, stderr } = await run(['ask', 'When does the bakery open?', '--files', docx, empty], env);
    expect(code).toBe(3);
    expect(stdout).toContain('> The bakery on Mill Street opens at six. [1]');
    expect(stderr).toMatch(/^empty\.txt: /);
    await expectNothingLeft('quotes');
  });

  it('fails if no file can be read, or one is missing', async () => {
    const env = { ...away, ...quick, CLI_TEST_MARK: 'fails' };
    const none = await run(['ask', '--files', join(files, 'empty.txt'), 'What is this?'], env);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('None of the files could be read.');
    const missing = await run(['ask', '--files', join(files, 'missing.pdf'), 'What is this?', '--json'], env);
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain('missing.pdf');
    await expectNothingLeft('fails');
  });

  it('leaves nothing behind after Ctrl-C during startup or an answer', async () => {
    const early = start(['ask', '--files', pdf, 'Quick?'], { ...away, ...quick, CLI_TEST_MARK: 'early' });
    const earlyEnd = collect(early);
    await expect
      .poll(() => readdirSync(temporary).some((name) => name.startsWith('lorebox-')), { timeout: 10_000, interval: 5 })
      .toBe(true);
    early.kill('SIGINT');
    expect(await earlyEnd).toMatchObject({ code: 130, stdout: '' });
    await expectNothingLeft('early');

    ollama.delayMs = 50;
    ollama.reply = Array.from({ length: 300 }, (_, i) => ` word${i}`);
    const late = start(['ask', '--files', pdf, 'Tell me a lot.'], { ...away, ...quick, CLI_TEST_MARK: 'late' });
    const lateEnd = collect(late);
    await new Promise<void>((resolve) => late.stdout.on('data', (text) => String(text).includes('word3') && resolve()));
    // A terminal sends the signal to the whole process group, and people press Ctrl-C twice.
    late.kill('SIGINT');
    late.kill('SIGINT');
    expect((await lateEnd).code).toBe(130);
    await expectNothingLeft('late');
  });
});

/** Returns the ids of processes that inherited this mark. Only works on Linux. */
function processesWith(mark: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, 'latin1').includes(`CLI_TEST_MARK=${mark}\0`);
    } catch {
      return false; // gone, or owned by another user
    }
  });
}

function makePdf(text: string): string {
  const stream = `BT /F1 12 Tf 40 700 Td (${text}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 800 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${out}xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${out.length}\n%%EOF`;
}

function makeDocx(text: string): Uint8Array {
  const types =
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
  const relations =
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
  const body = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
  return zipSync({
    '[Content_Types].xml': strToU8(types),
    '_rels/.rels': strToU8(relations),
    'word/document.xml': strToU8(body),
  });
}
