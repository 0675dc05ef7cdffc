import type { AnswerEventBody, Citation, Message } from '@lorebox/contract/chat';
import { AnswerFilter } from './answer-filter.ts';
import { cite } from './cite.ts';
import type { Passage } from './passage.ts';

/** What an answer consists of so far, so that a stopped or failed one keeps its text and citations. */
export class PartialAnswer {
  private text = '';
  private thoughts = '';
  private sources: Passage[] = [];
  private citations: Citation[] | null = null;

  get reasoning(): string | null {
    return this.thoughts || null;
  }

  add(event: AnswerEventBody): void {
    if (event.type === 'text-delta') this.text += event.text;
    else if (event.type === 'reasoning-delta') this.thoughts += event.text;
    else if (event.type === 'sources-found') this.sources = event.sources;
  }

  keepCitations(citations: Citation[]): void {
    this.citations = citations;
  }

  toMessage(
    status: 'cancelled' | 'failed',
    error: NonNullable<Message['error']>,
  ): Pick<Message, 'text' | 'reasoning' | 'status' | 'citations' | 'error'> {
    const { text, reasoning } = this;
    return { text, reasoning, status, citations: this.citations ?? this.readCitations(), error };
  }

  /** Reads the markers of the text. Who added them is not stored with the events, so all count as the model's. */
  private readCitations(): Citation[] {
    const { sources: passages } = this;
    const open = { allowRemoteContent: true, refusalText: '', rules: '', isMatching: false };
    const filter = new AnswerFilter({ passages, ...open });
    filter.push(this.text);
    filter.finish();
    return cite(filter.cited, passages);
  }
}
