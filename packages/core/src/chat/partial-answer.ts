import type { AnswerEventBody, Message } from '@lorebox/contract/chat';
import { cite } from './cite.ts';
import type { Passage } from './passage.ts';

/** What an answer consists of so far, so that a stopped or failed one keeps its text and citations. */
export class PartialAnswer {
  private text = '';
  private reasoning = '';
  private sources: Passage[] = [];

  add(event: AnswerEventBody): void {
    if (event.type === 'text-delta') this.text += event.text;
    else if (event.type === 'reasoning-delta') this.reasoning += event.text;
    else if (event.type === 'sources-found') this.sources = event.sources;
  }

  toMessage(
    status: 'cancelled' | 'failed',
    error: NonNullable<Message['error']>,
  ): Pick<Message, 'text' | 'reasoning' | 'status' | 'citations' | 'error'> {
    const { text, reasoning } = this;
    return { text, reasoning: reasoning || null, status, citations: cite(text, this.sources), error };
  }

  get reasoningText(): string {
    return this.reasoning;
  }
}
