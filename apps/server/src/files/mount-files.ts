import { AppError } from '@lorebox/contract/errors';
import type { Core } from '@lorebox/core/core';
import { openFileLink } from '@lorebox/core/documents/file-link';
import { INLINE_HEAD_BYTES, inlineTypeOf } from '@lorebox/core/documents/inline-type';
import { type Download, downloadResponse, RangeNotSatisfiable, rangeProblemResponse } from '@lorebox/openapi';
import type { Context, Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import { openDownload } from '../rest/open-download.ts';
import { toProblem } from '../rest/problem.ts';

/** The styles and images are those of the viewers of browsers. Nothing can run a script or load anything. */
const CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'";

/** Serves files by signed links. The signature is the only credential: cookies and keys are never read here. */
export function mountFiles(app: Hono<HttpEnv>, core: Core): void {
  app.get('/files/:documentId/:filename', async (c) => {
    const { documentId, filename } = c.req.param();
    const { expires = '', inline = '', signature = '' } = c.req.query();
    const { content, isInline } = await openFileLink(core, { documentId, filename, expires, inline, signature });
    const download = await openDownload(core, content);
    const headers = headersOf(c);
    try {
      return downloadResponse(c, isInline ? await showIfSafe(download) : saved(download), headers);
    } catch (error) {
      if (!(error instanceof RangeNotSatisfiable)) throw error;
      const problem = toProblem(new AppError('BAD_REQUEST', error.message), c.get('requestId'));
      return rangeProblemResponse(error, problem, headers);
    }
  });
}

function headersOf(c: Context<HttpEnv>): Record<string, string> {
  return {
    'x-request-id': c.get('requestId'),
    'content-security-policy': CSP,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
}

/** The uploader's type is not repeated, because what it names may run. */
const saved = (download: Download): Download => ({ ...download, contentType: 'application/octet-stream' });

async function showIfSafe(download: Download): Promise<Download> {
  const head: Uint8Array[] = [];
  // One byte more says whether the text continues.
  for await (const part of download.read(0, Math.min(download.size, INLINE_HEAD_BYTES + 1))) head.push(part);
  const contentType = download.size === 0 ? null : inlineTypeOf(Buffer.concat(head));
  return contentType === null ? saved(download) : { ...download, contentType, isInline: true };
}
