import type { Chunk } from '@lorebox/contract/document';
import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import type { SummaryNode, UnsummarizedDocument } from '@lorebox/ports/summary-store';
import { checkSupport } from '../chat/check-support.ts';
import { RepetitionGuard } from '../chat/repetition-guard.ts';
import { streamModel } from '../chat/stream-model.ts';
import type { Services } from '../core.ts';
import { embedderOf } from '../embeddings/choose-embedder.ts';
import { keySentences } from '../text/key-sentences.ts';
import { listAllChunks } from './read-document.ts';

/** Characters that one node of the lowest level summarizes. */
const LEAF_LENGTH = 5000;
/** Maximum number of leaves: longer documents have larger leaves, of which the key sentences are summarized. */
const MAX_LEAVES = 64;
/** Nodes that one node of a higher level summarizes. */
const BRANCHES = 8;
const MAX_SUMMARY_TOKENS = 160;
const MAX_KEY_LENGTH = 500;
const RULES =
  'Summarize the text in at most three short sentences, in its language. Keep names, dates and numbers. Add nothing. Reply with the summary alone.';

/** A text to summarize, and where it stands in the document. */
interface Range {
  start: number;
  end: number;
  text: string;
}

/**
 * Builds the summary tree of a document from the bottom up, and stores each node. Nodes that exist are kept. Calls `pause`
 * before each call of the model. A summary that its text doesn't support is replaced by key sentences.
 */
export async function summarizeDocument(
  core: Services,
  model: LanguageChatModel,
  { document, revision }: UnsummarizedDocument,
  pause: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { summaries } = core.stores;
  const known = await summaries.list(document.id);
  const embedder = await embedderOf(core, { id: document.workspaceId, localOnly: false });
  let ranges = await leavesOf(core, document.id);
  for (let level = 0; ranges.length > 0; level += 1) {
    const nodes: SummaryNode[] = [];
    for (const [ordinal, range] of ranges.entries()) {
      const existing = known.find((node) => node.level === level && node.ordinal === ordinal);
      if (existing) {
        nodes.push(existing);
        continue;
      }
      await pause();
      const written = await writeSummary(model, range.text, signal);
      const unsupported = await checkSupport(written, [passageOf(range)], embedder, signal);
      const isUsable = written !== '' && unsupported.length === 0;
      const text = isUsable ? written : quoteKeySentences(range.text);
      const node = {
        level,
        ordinal,
        start: range.start,
        end: range.end,
        text,
        modelId: isUsable ? model.id : 'extractive',
      };
      await summaries.add(document.id, revision, node);
      nodes.push(node);
    }
    if (nodes.length <= 1) break;
    ranges = groupNodes(nodes);
  }
  await summaries.complete(document.id, revision);
}

/** Ranges of whole chunks. */
async function leavesOf({ stores }: Services, documentId: string): Promise<Range[]> {
  const chunks = await listAllChunks(stores.documents, documentId);
  const length = chunks.at(-1)?.end ?? 0;
  const leafLength = Math.max(LEAF_LENGTH, Math.ceil(length / MAX_LEAVES));
  const groups: Chunk[][] = [];
  for (const chunk of chunks) {
    const group = groups.at(-1);
    if (group?.[0] && chunk.end - group[0].start <= leafLength) group.push(chunk);
    else groups.push([chunk]);
  }
  const ranges = groups.map(async (group): Promise<Range[]> => {
    const [start, end] = [group[0]?.start ?? 0, group.at(-1)?.end ?? 0];
    const found = await stores.documents.readText(documentId, start, end);
    return found ? [{ start, end, text: found.text }] : [];
  });
  return (await Promise.all(ranges)).flat();
}

function groupNodes(nodes: readonly SummaryNode[]): Range[] {
  const groups: Range[] = [];
  for (let from = 0; from < nodes.length; from += BRANCHES) {
    const group = nodes.slice(from, from + BRANCHES);
    const text = group.map((node) => node.text).join('\n');
    groups.push({ start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0, text });
  }
  return groups;
}

async function writeSummary(model: LanguageChatModel, text: string, signal: AbortSignal): Promise<string> {
  const input = text.length <= LEAF_LENGTH * 1.5 ? text : quoteKeySentences(text, LEAF_LENGTH);
  const prompt = [
    { role: 'system' as const, content: RULES },
    { role: 'user' as const, content: [{ type: 'text' as const, text: input }] },
  ];
  const call = { prompt, temperature: 0.1, maxOutputTokens: MAX_SUMMARY_TOKENS, reasoning: 'none' as const };
  const guard = new RepetitionGuard();
  let written = '';
  for await (const part of streamModel(model, call, signal)) {
    if (part.type !== 'text') continue;
    written += part.text;
    if (guard.push(part.text)) return '';
  }
  return written.trim();
}

function quoteKeySentences(text: string, maxLength = MAX_KEY_LENGTH): string {
  const spans = keySentences(text, maxLength);
  return spans.length > 0 ? spans.map(({ start, end }) => text.slice(start, end)).join(' ') : text.slice(0, maxLength);
}

function passageOf({ start, end, text }: Range) {
  const names = { chunkId: '', documentId: '', externalId: null, title: '', filename: '' };
  return { n: 1, ...names, page: null, startTime: null, endTime: null, section: null, start, end, text, score: 1 };
}
