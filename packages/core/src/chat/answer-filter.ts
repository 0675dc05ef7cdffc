import type { AnswerEventBody } from '@lorebox/contract/chat';
import { CitationFilter } from './citation-filter.ts';
import type { Passage } from './passage.ts';
import { RemoteContentFilter, removeRemoteContent } from './remote-content-filter.ts';
import type { Turn } from './turn.ts';

/** Filters an answer before clients see it: unknown citations and, unless allowed, remote content are removed. */
export class AnswerFilter {
  /** Null for JSON answers, where `[1]` may be an array. */
  private readonly citations: CitationFilter | null;
  private readonly isOpen: boolean;
  private readonly answer = new RemoteContentFilter();
  private readonly reasoning = new RemoteContentFilter();

  constructor(
    { allowRemoteContent, responseFormat }: Pick<Turn, 'allowRemoteContent' | 'responseFormat'>,
    passages: readonly Passage[],
  ) {
    this.citations = responseFormat ? null : new CitationFilter(new Set(passages.map(({ n }) => n)));
    this.isOpen = allowRemoteContent;
  }

  push(text: string): string {
    const cited = this.citations?.push(text) ?? text;
    return this.isOpen ? cited : this.answer.push(cited);
  }

  /** Returns the text that is still held back. Call it when the answer has ended. */
  finish(): string {
    const cited = this.citations?.finish() ?? '';
    return this.isOpen ? cited : this.answer.push(cited) + this.answer.finish();
  }

  /** Null if all of the text is held back. */
  pushReasoning(text: string): AnswerEventBody | null {
    const shown = this.isOpen ? text : this.reasoning.push(text);
    return shown === '' ? null : { type: 'reasoning-delta', text: shown };
  }

  /** Returns the reasoning that is still held back; null if there is none. Call it when the reasoning has ended. */
  endReasoning(): AnswerEventBody | null {
    const text = this.reasoning.finish();
    return text === '' ? null : { type: 'reasoning-delta', text };
  }

  /** Filters a complete text. */
  whole(text: string): string {
    return this.isOpen ? text : removeRemoteContent(text);
  }
}
