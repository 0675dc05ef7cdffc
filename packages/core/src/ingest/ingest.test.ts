import { AppError } from '@lorebox/contract/errors';
import type { Workspace } from '@lorebox/contract/workspace';
import { ParseFailure } from '@lorebox/ports/parser';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getDocument } from '../documents/get-document.ts';
import { importTexts } from '../documents/import-texts.ts';
import { uploadDocuments } from '../documents/upload-documents.ts';
import { listEvents } from '../events/list-events.ts';
import { listJobs } from '../jobs/list-jobs.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

async function upload(text: string, externalId?: string): Promise<string> {
  const files = [{ staged: await test.stageFile('a.txt', text), externalId }];
  const { documents } = await uploadDocuments(test.core, test.admin, { workspace: workspace.id, files });
  return documents[0]?.id ?? '';
}

const read = (id: string) => getDocument(test.core, test.admin, id);

describe('the ingest of a document', () => {
  it.each([
    ['Thai', 'ห้องสมุดเปิดทุกวันยกเว้นวันหยุดราชการ'],
    ['Chinese', '合同自双方签字之日起生效有效期为两年'],
  ])('cuts %s into chunks of normal size, whatever the tokenizer of the embedder counts', async (_, sentence) => {
    const id = await upload(sentence.repeat(400));
    await test.runIngest();
    const { chunks } = await read(id);
    expect(chunks).toBeGreaterThan((sentence.length * 400) / 2000);
  });

  it('parses, chunks and embeds it, and records an event', async () => {
    test.parser.warnings = ['Images were left out.'];
    const id = await upload('The sky is blue.\n\nGrass is green.');
    await test.runIngest();
    const ready = { status: 'ready', stage: 'searchable', progress: 1, chunks: 1, warnings: ['Images were left out.'] };
    expect(await read(id)).toMatchObject(ready);
    const { items } = await listEvents(test.core, test.admin, { type: 'document.ready', limit: 10 });
    expect(items).toMatchObject([{ data: { documentId: id, chunks: 1 } }]);
    expect((await listJobs(test.core, test.admin, { limit: 10 })).items).toEqual([]);
  });

  it('fails with the reason of the parser, without a retry', async () => {
    test.parser.failure = new ParseFailure('encrypted', 'The file is encrypted.');
    const id = await upload('secret');
    await test.runIngest();
    expect(await read(id)).toMatchObject({ status: 'failed', reason: 'encrypted', message: 'The file is encrypted.' });
    const { items } = await listEvents(test.core, test.admin, { type: 'document.failed', limit: 10 });
    expect(items).toMatchObject([{ data: { documentId: id, reason: 'encrypted' } }]);
  });

  it('fails for empty files and texts', async () => {
    const file = await upload('');
    const items = [{ text: '  \n ' }];
    const { documents } = await importTexts(test.core, test.admin, { workspace: 'demo', items });
    await test.runIngest();
    expect(await read(file)).toMatchObject({ status: 'failed', reason: 'empty' });
    expect(await read(documents[0]?.id ?? '')).toMatchObject({ status: 'failed', reason: 'empty' });
  });

  it('retries with growing pauses, and fails after five attempts', async () => {
    test.embedders.failure = new Error('out of memory');
    const id = await upload('The sky is blue.');
    for (const pauseMs of [1000, 2000, 4000, 8000]) {
      await test.runIngest();
      expect(await read(id)).toMatchObject({ status: 'processing' });
      test.clock.advance(pauseMs - 1);
      await test.runIngest();
      expect(await read(id)).toMatchObject({ status: 'processing' });
      test.clock.advance(1);
    }
    await test.runIngest();
    const message = 'Internal error. See the server log.';
    expect(await read(id)).toMatchObject({ status: 'failed', reason: 'internal', message });
  });

  it('waits for an embedder that is down, and says why', async () => {
    test.embedders.failure = new AppError('MODEL_UNREACHABLE', 'Ollama is down.');
    const id = await upload('The sky is blue.');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await test.runIngest();
      test.clock.advance(60_000);
    }
    expect(await read(id)).toMatchObject({ status: 'processing', message: expect.stringContaining('Ollama is down.') });
    test.embedders.failure = null;
    await test.runIngest();
    expect(await read(id)).toMatchObject({ status: 'ready' });
  });

  it('continues after a restart from the last stage that was stored', async () => {
    test.embedders.failure = new AppError('MODEL_UNREACHABLE', 'Ollama is down.');
    const id = await upload('The sky is blue.');
    await test.runIngest();
    test.parser.failure = new ParseFailure('internal', 'Parsed twice.');
    test.embedders.failure = null;
    test.clock.advance(60_000);
    await test.runIngest();
    expect(await read(id)).toMatchObject({ status: 'ready' });
  });

  it('embeds a text that is known already only once', async () => {
    await upload('The sky is blue.');
    await test.runIngest();
    const embedded = test.embedders.embedded.length;
    await upload('The sky is blue.');
    await test.runIngest();
    expect(test.embedders.embedded).toHaveLength(embedded);
  });

  it('keeps the old version searchable until the new one is ready', async () => {
    const id = await upload('The sky is blue.', 'a');
    await test.runIngest();
    test.parser.failure = new ParseFailure('damaged', 'The file is damaged.');
    await upload('The sky is red.', 'a');
    await test.runIngest();
    const text = await test.stores.documents.readText(id, 0, 100);
    expect(text?.text).toBe('The sky is blue.');
  });
});
