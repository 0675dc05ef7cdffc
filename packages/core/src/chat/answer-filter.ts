import type { AnswerEventBody } from '@lorebox/contract/chat';
import { CitationFilter } from './citation-filter.ts';
import { ClaimJudge } from './judge-claim.ts';
import type { Passage } from './passage.ts';
import { PassageIndex } from './passage-index.ts';
import { RemoteContentFilter, removeRemoteContent } from './remote-content-filter.ts';
import { type CitedClaim, SentenceCiter, type UncitedClaim } from './sentence-citer.ts';
import { SourceListFilter } from './source-list-filter.ts';
import type { Turn } from './turn.ts';

export interface AnswerFilterOptions {
  passages: readonly Passage[];
  allowRemoteContent: boolean;
  responseFormat?: Turn['responseFormat'];
  refusalText: string;
  /** The rules of the prompt. */
  rules: string;
  /** A language model wrote the answer, so that sentences are matched with passages. */
  isMatching: boolean;
}

/**
 * Filters an answer before clients see it: remote content is removed unless allowed, and citation markers are read,
 * corrected and added.
 */
export class AnswerFilter {
  private readonly options: AnswerFilterOptions;
  private readonly index: PassageIndex;
  private readonly citer: SentenceCiter;
  private readonly citations: CitationFilter;
  private readonly sourceList = new SourceListFilter();
  private readonly isOpen: boolean;
  private readonly answer = new RemoteContentFilter();
  private readonly reasoning = new RemoteContentFilter();
  /** The whole answer, if it is JSON, where `[1]` may be an array. Null otherwise. */
  private json: string | null;
  private jsonClaims: CitedClaim[] = [];

  constructor(options: AnswerFilterOptions) {
    this.options = options;
    this.json = options.responseFormat ? '' : null;
    this.isOpen = options.allowRemoteContent;
    this.index = new PassageIndex(options.passages);
    this.citer = this.createCiter();
    this.citations = this.createCitationFilter();
  }

  push(text: string): string {
    if (this.json === null) return this.makeSafe(this.citer.push(this.sourceList.push(this.citations.push(text))));
    const safe = this.makeSafe(text);
    this.json += safe;
    return safe;
  }

  /** Returns the text that is still held back. Call it when the answer has ended. */
  finish(): string {
    if (this.json !== null) {
      const rest = this.isOpen ? '' : this.answer.finish();
      this.json += rest;
      this.jsonClaims = this.citeStrings(this.json);
      return rest;
    }
    const parts = [...this.sourceList.push(this.citations.finish()), ...this.sourceList.finish()];
    const cited = this.citer.push(parts) + this.citer.finish();
    return this.makeSafe(cited) + (this.isOpen ? '' : this.answer.finish());
  }

  /** Sentences and what they cite. Complete when the answer has ended. */
  get cited(): readonly CitedClaim[] {
    return this.json === null ? this.citer.cited.map((claim) => this.place(claim)) : this.jsonClaims;
  }

  /** Statements that no passage was found for. */
  get uncited(): readonly UncitedClaim[] {
    return this.citer.uncited.map((claim) => this.place(claim));
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

  /** Comes last, so that no marker that is added or removed can complete a link or a tag. */
  private makeSafe(text: string): string {
    return this.isOpen ? text : this.answer.push(text);
  }

  /** Offsets into the final answer. */
  private place<T extends UncitedClaim>(claim: T): T {
    if (this.isOpen) return claim;
    return { ...claim, start: this.answer.toFiltered(claim.start), end: this.answer.toFiltered(claim.end) };
  }

  private createCiter(): SentenceCiter {
    const { rules, refusalText, isMatching } = this.options;
    return new SentenceCiter(new ClaimJudge({ index: this.index, rules, refusalText, isMatching }));
  }

  private createCitationFilter(): CitationFilter {
    return new CitationFilter(new Set(this.options.passages.map(({ n }) => n)));
  }

  /** Cites the strings of a JSON answer. Outside of strings, `[1]` is an array. */
  private citeStrings(json: string): CitedClaim[] {
    return stringsOf(json).flatMap((text) => {
      const citer = this.createCiter();
      const citations = this.createCitationFilter();
      citer.push([...citations.push(text), ...citations.finish()]);
      citer.finish();
      return citer.cited.map((claim) => ({ ...claim, ...placeInJson(json, claim.text) }));
    });
  }
}

function placeInJson(json: string, text: string): { start: number; end: number } {
  const written = JSON.stringify(text).slice(1, -1);
  const start = Math.max(0, json.indexOf(written));
  return { start, end: json.includes(written) ? start + written.length : json.length };
}

/** Strings of a JSON text. Empty for other text. */
function stringsOf(json: string): string[] {
  const strings: string[] = [];
  try {
    JSON.parse(json, (_key, value) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
  } catch {
    return [];
  }
  return strings;
}
