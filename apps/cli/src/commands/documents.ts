import type { Document } from '@lorebox/sdk';
import type { Command } from 'commander';
import { openCli, printJson, printLine } from '../context.ts';

export function addDocumentsCommand(program: Command): void {
  program
    .command('documents')
    .argument('<workspace>', 'slug or id')
    .description('list the documents in a workspace')
    .action(async (workspace: string, _options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const documents = [];
      for await (const document of lorebox.documents.list(workspace, { limit: 200 })) documents.push(toRow(document));
      if (isJson) printJson({ documents });
      else for (const row of documents) printLine(formatRow(row));
    });
}

function toRow({ id, externalId, filename, title, status, reason, message, pages, chunks }: Document) {
  return { id, externalId, filename, title, status, reason, message, pages, chunks };
}

function formatRow({ filename, status, reason, message, pages, chunks }: ReturnType<typeof toRow>): string {
  const size = [pages === null ? null : `${pages} pages`, `${chunks} chunks`].filter((part) => part).join(', ');
  return `${status.padEnd(10)} ${filename}  ${status === 'failed' ? `${reason}: ${message}` : size}`;
}
