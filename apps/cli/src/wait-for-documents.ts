import type { Document } from '@lorebox/sdk';
import type { Cli } from './context.ts';
import { ProgressBar } from './progress.ts';

const POLL_MS = 200;

/** Waits until nothing of the workspace is being processed; returns the documents among `ids` that failed. */
export async function waitForDocuments(cli: Cli, workspace: string, ids: ReadonlySet<string>): Promise<Document[]> {
  const { lorebox } = cli;
  const bar = new ProgressBar('Processing', cli.isTerminal);
  for (;;) {
    const summary = await lorebox.documents.summary(workspace);
    const done = Math.max(0, ids.size - summary.processing);
    const failures = summary.failed > 0 ? `(${summary.failed} failed)` : '';
    bar.update(done, ids.size, [failures, timeLeft(summary.secondsLeft)].filter(Boolean).join(' '));
    if (summary.processing === 0) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  bar.finish();
  const failed: Document[] = [];
  const list = lorebox.documents.list(workspace, { status: 'failed', limit: 200 });
  for await (const document of list) if (ids.has(document.id)) failed.push(document);
  return failed;
}

function timeLeft(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}
