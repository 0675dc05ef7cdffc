import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '@lorebox/contract/errors';
import { DEFAULT_WORKSPACE_SETTINGS } from '@lorebox/contract/workspace';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { blobPath } from '../blobs/blob-files.ts';
import { type Connection, openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { prepareValue } from '../statements.ts';
import type { Call } from './commands.ts';
import { executeGroup, type Outcome, optimize, upkeepOf } from './execute.ts';

const AT = new Date('2026-01-01T00:00:00Z');

let folder: string;
let blobs: string;
let connection: Connection;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'execute-'));
  blobs = join(folder, 'blobs');
  mkdirSync(join(blobs, 'staging'), { recursive: true });
  connection = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
  migrateDatabase(connection, blobs);
});
afterEach(() => {
  connection.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

function createWorkspace(id: string): Call {
  const workspace = { id, slug: id, name: id, ...DEFAULT_WORKSPACE_SETTINGS, createdAt: AT, updatedAt: AT };
  return { name: 'workspaces.create', input: { workspace, ownerId: null } };
}

function upload(id: string, bytes: string, workspaceId = 'ws_a'): Call {
  const sha256 = id.padEnd(64, '0');
  const path = join(blobs, 'staging', id);
  writeFileSync(path, bytes);
  const file = { path, sha256, size: bytes.length, filename: id, contentType: null };
  const about = { filename: id, title: null, metadata: {}, sourceUrl: null, externalId: null };
  const document = { id, workspaceId, ...about, source: 'upload' as const, file };
  return { name: 'documents.add', input: { documents: [document], at: AT } };
}

/** Executes all calls in as many groups as needed. */
function executeAll(calls: readonly Call[]): Outcome[] {
  const outcomes: Outcome[] = [];
  while (outcomes.length < calls.length)
    outcomes.push(...executeGroup(connection, blobs, calls.slice(outcomes.length)));
  return outcomes;
}

const ids = (table: string) => connection.raw.prepare(`select id from ${table} order by id`).pluck().all();
const codeOf = (outcome: Outcome | undefined) =>
  outcome && 'error' in outcome && isAppError(outcome.error) ? outcome.error.code : null;

it('commits waiting commands together, each with its own outcome', () => {
  const missing: Call = { name: 'workspaces.update', input: { id: 'ws_none', change: { name: 'x' } } };
  const outcomes = executeAll([createWorkspace('ws_a'), missing, createWorkspace('ws_b')]);
  expect(outcomes.map((outcome) => 'output' in outcome)).toEqual([true, false, true]);
  expect(codeOf(outcomes[1])).toBe('NOT_FOUND');
  expect(ids('workspaces')).toEqual(['ws_a', 'ws_b']);
  expect(connection.raw.inTransaction).toBe(false);
});

it('moves files only for commands that succeed', () => {
  executeGroup(connection, blobs, [createWorkspace('ws_a')]);
  const foreign = upload('doc_b', 'bytes', 'ws_gone');
  const outcomes = executeAll([upload('doc_a', 'bytes'), foreign]);
  expect(outcomes[0]).toHaveProperty('output');
  expect(codeOf(outcomes[1])).toBe('NOT_FOUND');
  expect(ids('documents')).toEqual(['doc_a']);
});

it('on a full disk fails every command that does not fit, and commits the others', () => {
  executeGroup(connection, blobs, [createWorkspace('ws_a')]);
  const { raw } = connection;
  const pages = prepareValue<[], number>(raw, 'pragma page_count').get() ?? 0;
  raw.pragma(`max_page_count = ${pages + 8}`);
  const calls = Array.from({ length: 40 }, (_, i) => createWorkspace(`ws_${'x'.repeat(500)}${i}`));
  const outcomes = executeAll(calls);
  raw.pragma('max_page_count = 1073741823');
  const kept = outcomes.filter((outcome) => 'output' in outcome);
  const refused = outcomes.filter((outcome) => codeOf(outcome) === 'STORAGE_FULL');
  expect(kept.length).toBeGreaterThan(0);
  expect(refused.length).toBeGreaterThan(0);
  expect(kept.length + refused.length).toBe(calls.length);
  expect(ids('workspaces')).toHaveLength(kept.length + 1);
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
});

it('repeats an upload whose file was moved before the commit failed', () => {
  executeGroup(connection, blobs, [createWorkspace('ws_a')]);
  const call = upload('doc_a', 'bytes');
  const target = blobPath(blobs, 'doc_a'.padEnd(64, '0'));
  mkdirSync(join(target, '..'), { recursive: true });
  writeFileSync(target, 'bytes');
  rmSync(join(blobs, 'staging', 'doc_a'));
  expect(executeGroup(connection, blobs, [call])[0]).toHaveProperty('output');
});

it('reports a file that could not be removed after the commit, and continues', () => {
  executeGroup(connection, blobs, [createWorkspace('ws_a'), upload('doc_a', 'bytes')]);
  const again = upload('doc_a', 'bytes');
  rmSync(join(blobs, 'staging', 'doc_a'));
  // A folder in place of the file makes unlinking fail for every user, including root.
  mkdirSync(join(blobs, 'staging', 'doc_a', 'inside'), { recursive: true });
  const outcomes = executeAll([again, createWorkspace('ws_b')]);
  expect(outcomes.map((outcome) => 'output' in outcome)).toEqual([false, true]);
  expect(ids('workspaces')).toEqual(['ws_a', 'ws_b']);
});

it('keeps the writer alive when merging full text fails', () => {
  const { raw } = connection;
  const broken = 'fts_broken';
  raw.exec(`create table ${broken} (x)`); // not a full-text table: merging it fails
  upkeepOf(connection).unmerged.add(broken);
  expect(optimize(connection)).toBe(1);
  expect(optimize(connection)).toBeNull();
});
