import type { NewEvent } from '@lorebox/contract/event';
import { recordEvent } from '../events/record-event.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

/** Records the event for the end of an ingest, whether it succeeded or failed. */
export function recordIngestEnd(context: WriteContext, documentId: string, at: Date): void {
  const sql =
    'select external_id externalId, workspace_id workspaceId, title, filename, format, pages, chunks, status, reason, message ' +
    'from documents where id = ?';
  const row = prepareOnce<[string], DocumentOutcome>(context.raw, sql).get(documentId);
  if (!row || row.status === 'processing') return;
  const { workspaceId, externalId, title, filename, status, format, pages, chunks, reason, message } = row;
  const about = { documentId, externalId, title, filename };
  const common = { workspaceId, timestamp: at };
  if (status === 'ready') {
    recordEvent(context, { ...common, type: 'document.ready', data: { ...about, format, pages, chunks } });
  } else {
    recordEvent(context, { ...common, type: 'document.failed', data: { ...about, reason, message } });
  }
}

interface DocumentOutcome {
  workspaceId: string;
  externalId: string | null;
  title: string;
  filename: string;
  status: 'processing' | 'ready' | 'failed';
  format: string | null;
  pages: number | null;
  chunks: number;
  reason: Extract<NewEvent, { type: 'document.failed' }>['data']['reason'];
  message: string | null;
}
