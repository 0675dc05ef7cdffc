import { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { StagedForm } from '@lorebox/api/staged-form';
import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '@lorebox/core/core';
import { requireMayUpload } from '@lorebox/core/documents/require-may-upload';
import { callerOf } from '@lorebox/core/limits/ceilings';
import type { StagedFile } from '@lorebox/ports/runtime';
import type { Config } from '../config.ts';
import { watchProgress } from './body/progress-watch.ts';
import { STALLED_MESSAGE } from './body/read-bytes.ts';

const LIMITS = { files: 1000, fields: 20, fieldSize: 256 * 1024, headerPairs: 50, fieldNameSize: 100 };

const MISSING_WORKSPACE = 'The field "workspace" must come before the files.';

export interface FormLimits {
  maxFileBytes: number;
  /** Maximum time without progress, after which the body counts as stalled. */
  idleMs: number;
}

export interface FormOptions extends FormLimits {
  /** The workspace if it is part of the path; otherwise it is a form field. */
  workspace?: string | undefined;
  /**
   * Returns the workspace to use if neither names one. Called at most once. @throws AppError with instructions for the
   * sender.
   */
  fallback?: () => Promise<string>;
}

export function formLimitsOf({ maxUploadBytes, bodyIdleMs }: Config['http']): FormLimits {
  return { maxFileBytes: maxUploadBytes, idleMs: bodyIdleMs };
}

/**
 * Reads a multipart body without buffering it: each file is written to disk as it arrives. `workspace` must come before
 * the first file, so that callers without write access are rejected before any byte is stored.
 */
export async function stageForm(
  core: Core,
  actor: Actor,
  request: Request,
  { maxFileBytes, idleMs, workspace: inPath, fallback }: FormOptions,
): Promise<StagedForm> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data/i.test(contentType) || !request.body) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
  const leave = core.limits.ceilings.enter(
    `uploads of ${callerOf(actor)}`,
    core.limits.settings.uploadsPerCaller,
    'uploads in progress',
  );
  const fields = new Map<string, string>(inPath === undefined ? [] : [['workspace', inPath]]);
  const stagings: Promise<StagedFile>[] = [];
  let permission: Promise<void> | null = null;
  try {
    const parser = createParser(contentType);
    const body = Readable.fromWeb(request.body as import('node:stream/web').ReadableStream);
    const progress = watchProgress(idleMs, () => body.destroy(new AppError('TIMEOUT', STALLED_MESSAGE)));
    body.on('data', (chunk: Uint8Array) => progress.count(chunk.length));
    body.on('close', () => progress.end());
    await new Promise<void>((resolve, reject) => {
      const refuse = (error: unknown) => reject(error instanceof AppError ? error : badForm(error));
      parser.on('field', (name, value, _nameCut, valueCut) => {
        if (valueCut) refuse(new AppError('TOO_LARGE', `The field "${name}" is too long.`));
        if (name !== 'workspace' || inPath === undefined) fields.set(name, value);
      });
      parser.on('file', (_name, stream, filename, _encoding, mimeType) => {
        stream.on('error', () => {}); // the stream may fail before it is read; its reader gets the error
        permission ??= openWorkspace(fields, fallback).then((workspace) => requireMayUpload(core, actor, workspace));
        const about = { filename: decodeName(filename), contentType: mimeType || null, maxBytes: maxFileBytes };
        const staging = permission.then(() => core.stores.blobs.stage(stream, about));
        staging.catch((error) => {
          stream.resume();
          refuse(error);
        });
        stagings.push(staging);
      });
      parser.on('filesLimit', () =>
        refuse(new AppError('TOO_LARGE', `Too many files: the limit is ${LIMITS.files} per request.`)),
      );
      parser.on('fieldsLimit', () => refuse(new AppError('TOO_LARGE', 'Too many fields.')));
      parser.on('error', refuse);
      parser.on('finish', () => Promise.all(stagings).then(() => resolve(), refuse));
      body.on('error', refuse);
      body.on('close', () => !body.readableEnded && refuse(new Error('the connection was closed')));
      body.pipe(parser);
    });
    return new StagedForm(fields, await Promise.all(stagings));
  } catch (error) {
    const settled = await Promise.allSettled(stagings);
    for (const result of settled) if (result.status === 'fulfilled') await core.stores.blobs.discard(result.value);
    throw error;
  } finally {
    leave();
  }
}

/** Determines the workspace of the files and stores it as a field. */
async function openWorkspace(fields: Map<string, string>, fallback: FormOptions['fallback']): Promise<string> {
  const workspace = fields.get('workspace') || (await fallback?.());
  if (!workspace) throw new AppError('BAD_REQUEST', MISSING_WORKSPACE);
  fields.set('workspace', workspace);
  return workspace;
}

function createParser(contentType: string) {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch (error) {
    throw badForm(error); // no boundary
  }
}

function badForm(cause: unknown): AppError {
  return new AppError('BAD_REQUEST', 'The multipart body is damaged or incomplete.', { cause });
}

/** Browsers and curl send UTF-8 names, which the parser decodes as Latin-1. */
function decodeName(name: string | undefined): string {
  if (!name) return 'unnamed';
  const bytes = Buffer.from(name, 'latin1');
  const isLatin1 = bytes.toString('latin1') === name;
  if (!isLatin1) return name;
  const utf8 = bytes.toString('utf8');
  return utf8.includes('\uFFFD') ? name : utf8;
}
