import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { watch } from '../chat/watch.ts';
import { updateWorkspace } from '../workspaces/update-workspace.ts';
import { getEmbedding } from './get-embedding.ts';
import { LanguageFollower } from './language-follower.ts';
import { measureLanguages } from './measure-languages.ts';

const ENGLISH = 'The pump is serviced every six months and the filters are replaced. It is the duty of the operator.';
const GERMAN = 'Die Pumpe ist alle sechs Monate zu warten, und die Filter sind dabei zu ersetzen. Das ist Pflicht.';
const JAPANESE = '図書館は毎日九時に開きます。 祝日は休みです。 契約は両者が署名した日から有効となり、二年間続きます。';
const THAI = 'ห้องสมุดเปิดทุกวันยกเว้นวันหยุดราชการและปิดเวลาหกโมงเย็นของทุกวันทำการ';

let test: TestCore;
let workspaceId: string;
let names = 0;

beforeEach(async () => {
  test = await createTestCore({ settings: { embedder: 'shipped', allowedEmbedders: ['shipped'] } });
  ({ id: workspaceId } = await test.addWorkspace('demo'));
});
afterEach(() => test.close());

const embedding = () => getEmbedding(test.core, test.admin, 'demo');
async function add(text: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await test.addText(workspaceId, `${text} ${i}`, `${text.slice(0, 8)} ${names++}`);
}
async function follow(): Promise<void> {
  await new LanguageFollower(test.core).runDue();
  await test.runIngest();
}

describe('the included embedder', () => {
  it('fits the first text of a workspace', async () => {
    await add(GERMAN, 1);
    expect(await embedding()).toMatchObject({ modelId: 'test-multilingual', isAutomatic: true, otherLanguages: 1 });
    const { id } = await test.addWorkspace('english');
    await test.addText(id, ENGLISH, 'Manual');
    expect(await getEmbedding(test.core, test.admin, 'english')).toMatchObject({
      modelId: 'test-embedder',
      otherLanguages: 0,
    });
  });

  it.each([1, 3, 5.2, 8])('fits a first text that is %d times as long', async (times) => {
    const text = GERMAN.repeat(9).slice(0, Math.round(GERMAN.length * times));
    await test.addText(workspaceId, text, 'Handbuch');
    expect((await embedding()).modelId).toBe('test-multilingual');
  });

  it('follows the documents in the background, and stays between the two shares', async () => {
    await add(ENGLISH, 9);
    await add(GERMAN, 1);
    await follow();
    expect(await embedding()).toMatchObject({ modelId: 'test-embedder', otherLanguages: 0.1 });
    await add(JAPANESE, 3);
    await follow();
    expect((await embedding()).modelId).toBe('test-multilingual');
    await add(ENGLISH, 20);
    await follow();
    expect((await embedding()).modelId).toBe('test-multilingual');
    await add(ENGLISH, 150);
    await follow();
    expect((await embedding()).modelId).toBe('test-embedder');
  });

  it('follows the questions, too', async () => {
    await add(ENGLISH, 5);
    for (const question of ['Wann wird die Pumpe gewartet?', 'Wer ist für die Filter verantwortlich?']) {
      const { answerId } = await ask(test.core, test.admin, { workspace: 'demo', question });
      for await (const event of watch(test.core, test.admin, { answerId })) if (event.type === 'answer-end') break;
    }
    await follow();
    expect(await embedding()).toMatchObject({ modelId: 'test-multilingual', otherLanguages: 0 });
  });

  it('is allowed under each of its names if "shipped" is', async () => {
    for (const embedder of ['shipped:english', 'shipped:multilingual', 'shipped']) {
      await updateWorkspace(test.core, test.admin, { workspace: 'demo', embedder });
    }
    const refused = updateWorkspace(test.core, test.admin, { workspace: 'demo', embedder: 'ollama:other' });
    await expect(refused).rejects.toThrow("isn't allowed");
  });

  it('can be fixed by hand', async () => {
    await updateWorkspace(test.core, test.admin, { workspace: 'demo', embedder: 'shipped:english' });
    await add(JAPANESE, 3);
    await follow();
    expect(await embedding()).toMatchObject({ modelId: 'test-embedder', isAutomatic: false, otherLanguages: null });
    await updateWorkspace(test.core, test.admin, { workspace: 'demo', embedder: null });
    await test.runIngest();
    expect(await embedding()).toMatchObject({ modelId: 'test-multilingual', isAutomatic: true, otherLanguages: 1 });
  });
});

it('counts texts by language, and leaves out those without one', () => {
  const polish = 'Umowa wchodzi w życie z dniem podpisania przez obie strony i obowiązuje dwa lata.';
  const coverage = (text: string) => (text === polish || text === THAI ? 0.1 : 0.9);
  const texts = [
    ENGLISH,
    GERMAN,
    THAI,
    polish,
    'AB-1234 17.50 99',
    '',
    'const value = readFile(path); return value.trim().toLowerCase();',
  ];
  expect(measureLanguages(texts, coverage)).toEqual({ english: 2, other: 3 });
});
