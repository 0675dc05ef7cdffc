import type { AnswerEventBody, Source } from '@lorebox/contract/chat';
import type { Turn } from './answer-question.ts';
import { CitationFilter } from './citation-filter.ts';
import { RemoteContentFilter, removeRemoteContent } from './remote-content-filter.ts';

/** What of a model's answer goes on to clients: citations of known sources alone, and unless allowed nothing to fetch. */
export class AnswerFilter {
  private readonly citations: CitationFilter;
  private readonly isOpen: boolean;
  private readonly answer = new RemoteContentFilter();
  private readonly reasoning = new RemoteContentFilter();

  constructor({ allowRemoteContent }: Pick<Turn, 'allowRemoteContent'>, sources: readonly Source[]) {
    this.citations = new CitationFilter(new Set(sources.map(({ n }) => n)));
    this.isOpen = allowRemoteContent;
  }

  push(text: string): string {
    const cited = this.citations.push(text);
    return this.isOpen ? cited : this.answer.push(cited);
  }

  /** What is left once the answer has ended. */
  finish(): string {
    const cited = this.citations.finish();
    return this.isOpen ? cited : this.answer.push(cited) + this.answer.finish();
  }

  /** Null while all of it is held back. */
  event(event: AnswerEventBody): AnswerEventBody | null {
    if (this.isOpen || event.type !== 'reasoning-delta') return event;
    const text = this.reasoning.push(event.text);
    return text === '' ? null : { ...event, text };
  }

  /** What is left of the reasoning, once something else comes; null when nothing is. */
  endReasoning(): AnswerEventBody | null {
    const text = this.reasoning.finish();
    return text === '' ? null : { type: 'reasoning-delta', text };
  }

  /** A text that is known as a whole, as it would come through. */
  whole(text: string): string {
    return this.isOpen ? text : removeRemoteContent(text);
  }
}
