import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EvalComparison, type EvalRun, Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { coverageEnv, type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, 'main.ts');
const BIRDS = ['heron', 'osprey', 'kingfisher', 'bittern', 'curlew', 'lapwing', 'plover', 'dunlin', 'avocet', 'godwit'];

let ollama: FakeOllama;
let server: LoreboxProcess;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  ollama = await startFakeOllama();
  env = { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_MODEL: 'ollama:llama3.2' };
  server = await startLorebox({ env });
  folder = mkdtempSync(join(tmpdir(), 'golden-'));
  const lorebox = client();
  await lorebox.workspaces.create({ name: 'birds' });
  const texts = BIRDS.map((bird, i) => ({
    externalId: bird,
    title: `The ${bird}`,
    text: `The ${bird} nests ${i + 3} meters above the water. It was counted in the year ${1900 + i}.`,
  }));
  await lorebox.documents.importTexts('birds', texts);
  await lorebox.documents.waitUntilIdle('birds');
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
  rmSync(folder, { recursive: true, force: true });
});

const client = () => new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

function cli(...args: string[]): Promise<Ran> {
  const options = { env: { ...process.env, ...coverageEnv, LOREBOX_URL: server.url, LOREBOX_API_KEY: server.apiKey } };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, 'eval', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

function write(name: string, lines: readonly (object | string)[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`);
  return path;
}

const question = (bird: string) => `How high above the water does the ${bird} nest?`;

describe('lorebox eval', () => {
  it('measures a judged set in BEIR format, and its exit code reports missed targets', async () => {
    const queries = write(
      'queries.jsonl',
      BIRDS.map((bird, i) => ({ id: i, text: question(bird) })),
    );
    const qrels = write('qrels.tsv', ['query\tdoc\tgrade', ...BIRDS.map((bird, i) => `${i}\t${bird}\t1`)]);
    expect(await cli('add', 'birds', '--queries', queries, '--qrels', qrels)).toMatchObject({
      code: 0,
      stdout: '10 added, 0 replaced\n',
    });
    const good = await cli('run', 'birds', '--label', 'first', '--min', 'ndcg=0.95', '--min', 'recall=1', '--json');
    expect(good).toMatchObject({ code: 0, stderr: '' });
    const { run } = (JSON.parse(good.stdout) as { data: { run: EvalRun } }).data;
    expect(run).toMatchObject({
      state: 'done',
      total: 10,
      done: 10,
      metrics: { questions: 10, recall: 1, answers: null },
    });
    expect(run.metrics?.ndcg).toBeGreaterThan(0.95);
    const wrong = write('golden.jsonl', [
      { question: 'Where do wrong judgements lead?', relevant: ['no-such-document'] },
    ]);
    await cli('add', 'birds', wrong);
    const bad = await cli('run', 'birds', '--min', 'hitRate=0.99', '--baseline', 'last', '--max-drop', '0.5');
    expect(bad.code).toBe(4);
    expect(bad.stderr).toMatch(/hitRate is 0\.9\d+, below the target 0\.99/);
    expect(bad.stdout).toMatch(/10 questions in both runs: 0 better, 0 worse/);
    const list = await cli('list', 'birds');
    expect(list.stdout.trim().split('\n')).toHaveLength(2);
    expect((await cli('show', run.id)).stdout).toMatch(/ndcg@10/);
  });

  it('compares two configurations question by question', async () => {
    const lorebox = client();
    const done = async (input: { k?: number; mode?: 'keyword' | 'vector' }) => {
      const { id } = await lorebox.evals.start('birds', { ...input });
      return lorebox.evals.wait(id);
    };
    const [before, after] = [await done({ mode: 'vector' }), await done({ mode: 'keyword', k: 3 })];
    const { code, stdout } = await cli('compare', before.id, after.id, '--json');
    const compared = (JSON.parse(stdout) as { data: EvalComparison }).data;
    expect(code).toBe(0);
    expect(compared.questions).toBe(11);
    expect(compared.differences.map(({ measure }) => measure)).toEqual(['ndcg', 'recall', 'mrr', 'latencyP95']);
    for (const { pValue, measure } of compared.differences) expect(pValue === null).toBe(measure === 'latencyP95');
    const other = await lorebox.workspaces.create({ name: 'other' });
    await lorebox.evals.addQuestions(other.id, [{ question: 'anything?' }]);
    const foreign = await lorebox.evals.start(other.id);
    await expect(lorebox.evals.compare(before.id, foreign.id)).rejects.toThrow(/same workspace/);
  });

  it('measures answers: supporting citations, and refusals of unanswerable questions', async () => {
    const lorebox = client();
    await lorebox.workspaces.create({ name: 'answers', mode: 'query' });
    await lorebox.documents.importTexts('answers', [
      { externalId: 'heron', title: 'The heron', text: 'The heron nests three meters above the water.' },
    ]);
    await lorebox.documents.waitUntilIdle('answers');
    await lorebox.evals.addQuestions('answers', [
      { question: question('heron'), relevant: [{ document: 'heron' }], answer: 'three meters above the water' },
    ]);
    ollama.reply = [
      'The heron nests three meters above the water [1]. ',
      'It eats nine hundred bicycles every weekday [1].',
    ];
    const { id } = await lorebox.evals.start('answers', { answers: true });
    const { metrics } = await lorebox.evals.wait(id);
    expect(metrics?.answers).toMatchObject({
      refusalRate: 0,
      correctRefusals: 1,
      citationPrecision: 0.5,
      answerRecall: 1,
    });
    const [result] = await lorebox.evals.results(id).toArray();
    expect(result?.answer).toMatchObject({ cited: 2, supported: 1, unsupported: 1 });
    expect(await lorebox.threads.list('answers').toArray()).toEqual([]);
  });

  it('imports questions from answers rated up, and from a model after a review', async () => {
    const lorebox = client();
    ollama.reply = ['The osprey nests four meters above the water [1].'];
    const answer = lorebox.ask({ workspace: 'birds', question: 'And the osprey, how high does it nest?' });
    const { questionId } = await answer.started;
    const { messageId } = await answer.final();
    await expect(lorebox.threads.rate(questionId, 'up')).rejects.toThrow(/Only answers can be rated/);
    await lorebox.threads.rate(messageId, 'up');
    expect((await cli('from-feedback', 'birds')).stdout).toBe('1 added, 0 replaced\n');
    ollama.reply = ['"In which year was this bird counted?"\nBecause it says so.'];
    const generated = (
      JSON.parse((await cli('generate', 'birds', '-n', '4', '--json')).stdout) as { data: { added: number } }
    ).data;
    expect(generated.added).toBeGreaterThan(0);
    const toReview = await lorebox.evals.listQuestions('birds', { approved: false }).toArray();
    expect(toReview[0]).toMatchObject({ question: 'In which year was this bird counted?', source: 'generated' });
    expect(toReview[0]?.relevant[0]).toMatchObject({ start: 0, grade: 1 });
    await cli('approve', ...toReview.map(({ id }) => id));
    expect(await lorebox.evals.listQuestions('birds', { approved: false }).toArray()).toEqual([]);
    await cli('remove', ...toReview.map(({ id }) => id));
  });

  it('resumes after a kill without measuring anything twice, and can be cancelled', async () => {
    const lorebox = client();
    await lorebox.workspaces.create({ name: 'long' });
    await lorebox.documents.importTexts('long', [{ externalId: 'a', text: 'A heron stands in the water.' }]);
    await lorebox.documents.waitUntilIdle('long');
    const items = Array.from({ length: 30 }, (_, i) => ({
      question: `What stands in water ${i}?`,
      relevant: [{ document: 'a' }],
    }));
    await lorebox.evals.addQuestions('long', items);
    ollama.reply = ['A heron stands in the water [1].'];
    ollama.delayMs = 60;
    const { id } = await lorebox.evals.start('long', { answers: true });
    await expect.poll(async () => (await lorebox.evals.get(id)).done, { timeout: 20_000 }).toBeGreaterThan(3);
    await server.kill();
    ollama.delayMs = 0;
    server = await startLorebox({ dataDir: server.dataDir, env });
    const run = await client().evals.wait(id);
    expect(run).toMatchObject({ state: 'done', done: 30, total: 30 });
    expect(await client().evals.results(id).toArray()).toHaveLength(30);
    ollama.delayMs = 500;
    const second = await client().evals.start('long', { answers: true });
    expect((await client().evals.cancel(second.id)).state).toBe('cancelled');
    await expect(client().evals.cancel(second.id)).rejects.toThrow(/cancelled/);
    ollama.delayMs = 0;
  });

  it.each([
    [['run', 'birds', '--min', 'beauty=1'], 2, /ndcg, recall/],
    [['run', 'nowhere'], 1, /Workspace not found/],
    [['add', 'birds'], 1, /Pass a file/],
    [['add', 'birds', 'missing.jsonl'], 1, /ENOENT/],
  ])('reports what is wrong with %j', async (args, code, message) => {
    const ran = await cli(...args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(message);
  });

  it('reports where a file is invalid, and that there are no questions', async () => {
    expect(
      (await cli('add', 'birds', write('bad.jsonl', ['{"question": "ok", "relevant": []}', 'oops']))).stderr,
    ).toMatch(/bad\.jsonl:2 is not valid JSON/);
    await client().workspaces.create({ name: 'bare' });
    expect((await cli('run', 'bare')).stderr).toMatch(/no approved test questions/);
  });
});
