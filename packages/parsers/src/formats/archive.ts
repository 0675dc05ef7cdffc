import { ParseFailure } from '@lorebox/ports/parser';
import { listEntries } from '../archive-entries.ts';
import { describeUnread } from '../describe-unread.ts';
import { defineFormat } from '../format-parser.ts';

const MAX_NAMED = 20;

/** Reads every document in an archive under its path. */
export const archiveParser = defineFormat({
  formats: ['archive'],
  async parse(bytes, context) {
    const { document, filename, limits } = context;
    const entries = listEntries(bytes, filename, limits);
    const unread: string[] = [];
    let failure: unknown;
    for (const { path, read } of entries) {
      let content: Uint8Array | undefined;
      try {
        content = read();
      } catch (error) {
        if (!(error instanceof ParseFailure) || error.reason === 'too-large') throw error;
        failure = error;
      }
      const isRead = content !== undefined && (await context.parseAttachment(content, path));
      if (isRead) continue;
      unread.push(path);
      const reason = content === undefined && failure instanceof Error ? failure.message : document.lastFailure;
      if (unread.length <= MAX_NAMED) document.warn(describeUnread(`The file "${path}" in this archive`, reason));
    }
    if (unread.length > MAX_NAMED) {
      document.warn(
        `${unread.length - MAX_NAMED} more files in this archive were not read: ${unread.slice(MAX_NAMED).join(', ').slice(0, 2000)}`,
      );
    }
    if (document.textLength > 0 || document.within.length > 0) return;
    if (failure instanceof ParseFailure && failure.reason === 'encrypted') throw failure;
    const names = unread.slice(0, 5).join(', ');
    throw new ParseFailure('empty', `This archive contains no readable documents${names ? ` (${names})` : ''}.`);
  },
});
