import type { Message, Thread } from '@lorebox/contract/chat';
import { api } from '../../api/client.ts';
import { saveFile } from '../../lib/save-file.ts';
import { toDocx } from './to-docx.ts';
import { toMarkdown } from './to-markdown.ts';

export type ExportFormat = 'markdown' | 'json' | 'docx' | 'pdf';

const PAGE_SIZE = 200;
const MARKDOWN = 'text/markdown';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** All messages of a thread, oldest first. */
async function loadMessages(threadId: string): Promise<Message[]> {
  const messages: Message[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.threads.messages.query({ threadId, limit: PAGE_SIZE, cursor });
    messages.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return messages;
}

/** Saves a whole chat as a file, or opens the print dialog, which can save a PDF. */
export async function exportThread(thread: Thread, format: ExportFormat): Promise<void> {
  const messages = await loadMessages(thread.id);
  if (format === 'json') return save(thread, 'json', 'application/json', JSON.stringify({ thread, messages }, null, 2));
  if (format === 'docx') return save(thread, 'docx', DOCX, toDocx(thread.title, messages));
  if (format === 'markdown') return save(thread, 'md', MARKDOWN, `# ${thread.title}\n\n${toMarkdown(messages)}\n`);
  const { printThread } = await import('./print-thread.tsx');
  return printThread(thread.title, messages);
}

function save({ title }: Thread, extension: string, type: string, content: string | Uint8Array<ArrayBuffer>): void {
  const name = title.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim() || 'chat';
  saveFile(`${name}.${extension}`, type, [content]);
}
