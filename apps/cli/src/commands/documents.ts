import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Document } from '@lorebox/sdk';
import { type Command, Option } from 'commander';
import { confirm } from '../confirm.ts';
import { openCli } from '../context.ts';
import { plural, printJson, printLine, printTable } from '../output.ts';
import { report } from './upload.ts';

export function addDocumentCommands(program: Command): void {
  const documents = program
    .command('documents')
    .description('list, show, download, replace, pin, retry and delete documents');
  addList(documents);
  addShow(documents);
  addDownload(documents);
  addReplace(documents);
  addPin(documents, 'pin', 'read these documents with every question', true);
  addPin(documents, 'unpin', 'stop reading these documents with every question', false);
  documents
    .command('retry')
    .argument('<document...>', 'ids of failed documents')
    .description('retry failed documents')
    .action(async (ids: string[], _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const retried = [];
      for (const id of ids) retried.push(await lorebox.documents.retry(id));
      if (isJson) printJson({ documents: retried });
      else printLine(`${plural(retried.length, 'document')} being processed`);
    });
  documents
    .command('delete')
    .argument('<document...>', 'ids of the documents')
    .option('-y, --yes', 'delete without asking')
    .description('delete documents')
    .action(async (ids: string[], { yes }: { yes?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      if (!(await confirm(`Delete ${plural(ids.length, 'document')}?`, yes))) return;
      for (const id of ids) await lorebox.documents.delete(id);
      if (isJson) printJson({ deleted: ids });
      else printLine(`deleted ${plural(ids.length, 'document')}`);
    });
}

function addPin(documents: Command, name: string, description: string, pinned: boolean): void {
  documents
    .command(name)
    .argument('<document...>', 'ids of the documents')
    .description(description)
    .action(async (ids: string[], _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const changed = [];
      for (const id of ids) changed.push(await lorebox.documents.update(id, { pinned }));
      if (isJson) printJson({ documents: changed });
      else printLine(`${name}ned ${plural(ids.length, 'document')}`);
    });
}

interface ListOptions {
  status?: Document['status'];
  order: 'asc' | 'desc';
}

function addList(documents: Command): void {
  documents
    .command('list', { isDefault: true })
    .argument('<workspace>', 'slug or id')
    .addOption(new Option('--status <status>', 'only with this status').choices(['processing', 'ready', 'failed']))
    .addOption(new Option('--order <order>', 'oldest or newest first').choices(['asc', 'desc']).default('asc'))
    .description('list the documents in a workspace')
    .action(async (workspace: string, { status, order }: ListOptions, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const rows = await lorebox.documents.list(workspace, { status, order, limit: 200 }).toArray();
      if (isJson) return printJson({ documents: rows });
      printTable(rows, [
        { header: 'ID', value: ({ id }) => id, isDim: true },
        { header: 'STATUS', value: ({ status }) => status },
        { header: 'FILE', value: ({ filename, metadata }) => String(metadata.path ?? filename) },
        { header: 'TITLE', value: ({ title }) => title },
        { header: 'DETAILS', value: describeDocument },
      ]);
    });
}

function describeDocument({ status, reason, message, pages, chunks }: Document): string {
  if (status === 'failed') return `${reason}: ${message}`;
  return [pages === null ? null : plural(pages, 'page'), plural(chunks, 'chunk')].filter((part) => part).join(', ');
}

function addShow(documents: Command): void {
  documents
    .command('show')
    .argument('<document>', 'id of the document')
    .option('--text', 'print the text instead of the details')
    .description('show a document')
    .action(async (id: string, { text: isText }: { text?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      if (isText) {
        const { text } = await lorebox.documents.text(id);
        if (isJson) printJson({ text });
        else printLine(text);
        return;
      }
      const document = await lorebox.documents.get(id);
      if (isJson) return printJson(document);
      for (const [name, value] of Object.entries(document)) {
        if (value === null || (Array.isArray(value) && value.length === 0)) continue;
        printLine(`${name.padEnd(12)} ${formatValue(value)}`);
      }
    });
}

function formatValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function addDownload(documents: Command): void {
  documents
    .command('download')
    .argument('<document>', 'id of the document')
    .option('-o, --output <file>', 'file to write; "-" for standard output (default: the name of the document)')
    .description('download the uploaded file')
    .action(async (id: string, { output }: { output?: string }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      // The name was set by the uploader, so only its last part is used, and no file is overwritten.
      const path = output ?? basename((await lorebox.documents.content(id)).filename);
      const { body } = await lorebox.documents.download(id);
      const source = body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
      if (path === '-') return pipeline(source, process.stdout, { end: false });
      await pipeline(source, createWriteStream(path, { flags: output === undefined ? 'wx' : 'w' }));
      if (isJson) printJson({ path });
      else printLine(path);
    });
}

function addReplace(documents: Command): void {
  documents
    .command('replace')
    .argument('<document>', 'id of the document')
    .argument('<file>', 'file with the new content')
    .option('--wait', 'wait until the document is searchable or has failed')
    .option('-y, --yes', 'replace without asking')
    .description('replace the content of a document')
    .action(async (id: string, path: string, options: { wait?: boolean; yes?: boolean }, command: Command) => {
      const cli = openCli(command);
      const { workspaceId, externalId, title, metadata } = await cli.lorebox.documents.get(id);
      if (!(await confirm(`Replace "${title}"?`, options.yes))) return;
      const file = { path, metadata, ...(externalId !== null && { externalId }) };
      const { documents: accepted } = await cli.lorebox.documents.upload(workspaceId, [file]);
      // Without an external id, the new file becomes a separate document.
      if (accepted[0]?.id !== id) await cli.lorebox.documents.delete(id);
      await report(cli, accepted, options.wait ?? false);
    });
}
