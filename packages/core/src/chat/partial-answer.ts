import type { AnswerEventBody, Citation, Message } from '@lorebox/contract/chat';
import { withUrl } from '@lorebox/contract/document-url';
import type { AnswerMessage } from '@lorebox/ports/chat-stores';
import { AnswerFilter } from './answer-filter.ts';
import { cite } from './cite.ts';
import type { Passage } from './passage.ts';

/** What an answer consists of so far, so that a stopped or failed one keeps its text and citations. */
export class PartialAnswer {
  private readonly workspaceId: string;
  private text = '';
  private thoughts = '';
  private model: string | null = null;
  private sources: Passage[] = [];
  private citations: Citation[] | null = null;

  constructor(workspaceId: string) {
    this.workspaceId = workspaceId;
  }

  get reasoning(): string | null {
    return this.thoughts || null;
  }

  add(event: AnswerEventBody): void {
    if (event.type === 'text-delta') this.text += event.text;
    else if (event.type === 'reasoning-delta') this.thoughts += event.text;
    else if (event.type === 'sources-found') this.sources = event.sources;
    else if (event.type === 'answer-start') this.model = event.model;
  }

  keepCitations(citations: Citation[]): void {
    this.citations = citations;
  }

  /** Sentences are checked for support only when an answer completes. */
  toMessage(status: 'cancelled' | 'failed', error: NonNullable<Message['error']>): AnswerMessage {
    const { text, reasoning, model } = this;
    const finishReason = status === 'cancelled' ? 'cancelled' : null;
    const citations = this.citations ?? this.readCitations();
    return { text, reasoning, status, citations, unsupported: [], model, finishReason, error };
  }

  /** Reads the markers of the text. Who added them is not stored with the events, so all count as the model's. */
  private readCitations(): Citation[] {
    const { sources: passages } = this;
    const open = { allowRemoteContent: true, refusalText: '', rules: '', isMatching: false };
    const filter = new AnswerFilter({ passages, ...open });
    filter.push(this.text);
    filter.finish();
    return cite(filter.cited, passages).map((citation) => withUrl(this.workspaceId, citation));
  }
}
