import type { AnswerEventBody, AnswerNotice, Citation, FinishReason, Usage } from '@lorebox/contract/chat';
import { withUrl } from '@lorebox/contract/document-url';
import { AppError } from '@lorebox/contract/errors';
import type { ChatModel } from '@lorebox/ports/chat-model';
import type { Services } from '../core.ts';
import { embedderOf } from '../embeddings/choose-embedder.ts';
import { locateCitations } from '../reading/locate-citation.ts';
import { findMissingResults, withResults } from '../tables/missing-results.ts';
import { estimateTokens } from '../text/estimate-tokens.ts';
import { AnswerFilter } from './answer-filter.ts';
import type { FittedPrompt } from './build-prompt.ts';
import { checkSupport } from './check-support.ts';
import { cite } from './cite.ts';
import { isGeneralRefusal, isRefusal } from './is-refusal.ts';
import { matchByMeaning } from './match-by-meaning.ts';
import type { Material } from './material.ts';
import { shortenedNotice, stopNotice } from './notices.ts';
import type { Passage, PassageCitation } from './passage.ts';
import type { PlannedTurn } from './prepare-prompt.ts';
import { quoteBest, statePart } from './reply-additions.ts';
import { reportContext } from './report-context.ts';
import type { CitedClaim } from './sentence-citer.ts';
import type { ReplyPart } from './stream-reply.ts';
import type { Turn } from './turn.ts';

/** Collects the parts of a reply, and turns them into events. */
export class Reply {
  private readonly turn: Turn;
  private readonly model: ChatModel;
  private readonly material: Material;
  private readonly planned: PlannedTurn | null;
  private readonly started: number;
  private readonly notices: AnswerNotice[] = [];
  private filter: AnswerFilter;
  private used: Passage[];
  private hasSources = false;
  private fitted: FittedPrompt | null = null;
  private answer = '';
  /** Length of the answer without what Lorebox says about it. */
  private checkedLength = 0;
  private hasThought = false;
  private firstToken: number | null = null;
  private finishReason: FinishReason = 'stop';
  /** Citations of text that Lorebox added. */
  private readonly added: CitedClaim[] = [];
  private usage: Usage | null = null;

  constructor(turn: Turn, model: ChatModel, material: Material, planned: PlannedTurn | null, started: number) {
    this.turn = turn;
    this.model = model;
    this.material = material;
    this.planned = planned;
    this.started = started;
    this.used = material.passages;
    this.filter = this.createFilter('', this.used);
  }

  *add(part: ReplyPart): Generator<AnswerEventBody> {
    switch (part.type) {
      case 'prompt':
        yield* this.sendPrompt(part);
        return;
      case 'notice':
        this.notices.push(part.notice);
        return;
      case 'finish':
        this.finishReason = part.reason;
        this.usage = part.usage;
        return;
      case 'reasoning': {
        yield* this.sendSources();
        this.firstToken ??= performance.now() - this.started;
        this.hasThought = true;
        const event = this.filter.pushReasoning(part.text);
        if (event) yield event;
        return;
      }
      case 'text':
        yield* this.sendSources();
        this.firstToken ??= performance.now() - this.started;
        yield* this.sendReasoningRest();
        yield* this.sendText(this.filter.push(part.text));
    }
  }

  *flush(): Generator<AnswerEventBody> {
    yield* this.sendSources();
    yield* this.sendReasoningRest();
    yield* this.sendText(this.filter.finish());
    yield* this.sendMissingResults();
    yield* this.sendQuote();
    this.checkedLength = this.answer.length;
    yield* this.sendPartStatement();
  }

  async end(core: Services, signal: AbortSignal): Promise<AnswerEventBody> {
    const { turn, model, answer, used, material } = this;
    const isModel = model.kind === 'language-model';
    if (isModel && answer.trim() === '' && this.finishReason !== 'refused') throw emptyAnswer(this.hasThought);
    const isRefused = this.isRefused();
    const isChecked = isModel && !isRefused;
    const embedder = isChecked ? await embedderOf(core, turn.workspace) : null;
    const translated = embedder ? await matchByMeaning(this.filter.uncited, used, embedder, signal) : [];
    this.notices.push(...material.readNotices);
    const notice = stopNotice(this.finishReason, this.planned?.budget.reservedForAnswer ?? 0);
    const context = reportContext(turn, material, { used, fitted: this.fitted, planned: this.planned });
    return {
      type: 'answer-end',
      messageId: turn.messageId,
      answer,
      citations: isRefused
        ? []
        : this.link(await this.cite(core, [...this.filter.cited, ...this.added, ...translated])),
      unsupported: embedder
        ? await checkSupport(
            answer.slice(0, this.checkedLength),
            withResults(used, material.computed),
            embedder,
            signal,
          )
        : [],
      notices: notice ? [...this.notices, notice] : this.notices,
      finishReason: isRefused ? 'refused' : this.finishReason,
      model: model.id,
      context,
      usage: this.usage ?? { inputTokens: context.promptTokens, outputTokens: estimateTokens(answer) },
      timings: { retrieve: material.ms, firstToken: this.firstToken, total: performance.now() - this.started },
    };
  }

  private async cite(core: Services, claims: readonly CitedClaim[]): Promise<PassageCitation[]> {
    const { material, used, model } = this;
    const citations = cite(claims, used, material.times);
    if (material.mustRead === 0) return citations;
    // Without a model, whole passages are quoted. A number is made from all cells of its passage.
    if ((model.kind === 'extractive' || material.basis === 'tables') && material.documentsMatching !== null) {
      const first = citations.filter(({ n }, i) => citations.findIndex((citation) => citation.n === n) === i);
      return first.map((citation) => ({ ...citation, ...placeOf(used.find(({ n }) => n === citation.n)) }));
    }
    // Passages of whole documents may span several pages.
    return locateCitations(core.stores, citations);
  }

  /** Citations so far. Complete when the answer has ended. */
  get citations(): Citation[] {
    return this.link(cite([...this.filter.cited, ...this.added], this.used, this.material.times));
  }

  private link = <T extends Passage | PassageCitation>(items: readonly T[]) =>
    items.map((item) => withUrl(this.turn.workspace.id, item));

  private isRefused(): boolean {
    if (this.finishReason === 'refused') return true;
    if (this.turn.mode !== 'query' || (this.material.computed ?? []).length > 0) return false;
    return (
      isRefusal(this.answer, this.filter.whole(this.turn.workspace.refusalText)) ||
      (this.filter.cited.length === 0 && isGeneralRefusal(this.answer))
    );
  }

  private createFilter(rules: string, passages: readonly Passage[]): AnswerFilter {
    const { allowRemoteContent, responseFormat, workspace } = this.turn;
    return new AnswerFilter({
      passages: withResults(passages, this.material.computed),
      allowRemoteContent,
      responseFormat,
      refusalText: workspace.refusalText,
      rules,
      isMatching: this.model.kind === 'language-model',
    });
  }

  private *sendPrompt({ fitted, expectedMs }: ReplyPart & { type: 'prompt' }): Generator<AnswerEventBody> {
    const isFirst = this.fitted === null;
    this.fitted = fitted;
    const isInParts = this.material.mustStatePart;
    if (isFirst) this.filter = this.createFilter(rulesOf(fitted), isInParts ? this.material.passages : fitted.used);
    if (isFirst || isInParts) this.used = fitted.used;
    else this.used = this.used.filter(({ n }) => fitted.used.some((passage) => passage.n === n));
    if (fitted.isShortened) this.notices.push(shortenedNotice(fitted.used.length, this.material.passages.length));
    yield* this.sendSources(isInParts ? this.material.passages : this.used);
    yield { type: 'prompt-sent', promptTokens: fitted.promptTokens, expectedMs };
  }

  private *sendSources(sources: readonly Passage[] = this.used): Generator<AnswerEventBody> {
    if (this.hasSources) return;
    this.hasSources = true;
    const { tableQueries, notices } = this.material;
    yield { type: 'sources-found', sources: this.link(sources), tableQueries, notices };
  }

  private *sendReasoningRest(): Generator<AnswerEventBody> {
    const event = this.filter.endReasoning();
    if (event) yield event;
  }

  private *sendText(text: string): Generator<AnswerEventBody> {
    this.answer += text;
    if (text !== '') yield { type: 'text-delta', text };
  }

  /** The answer contains what Lorebox calculated, whatever the model wrote. */
  private *sendMissingResults(): Generator<AnswerEventBody> {
    const { material, turn, answer, filter } = this;
    if (turn.responseFormat || this.finishReason === 'refused') return;
    const missing = findMissingResults(material.computed ?? [], answer, filter.cited, answer.length);
    this.added.push(...missing.claims);
    yield* this.sendText(missing.text);
  }

  /**
   * Quotes the sentence that matches the question best, if no passage supports any sentence of an answer that must be from
   * the documents.
   */
  private *sendQuote(): Generator<AnswerEventBody> {
    const { turn, model, used, answer, filter, material } = this;
    if (material.basis === 'tables') return;
    const mustBeSupported = model.kind === 'language-model' && turn.mode === 'query' && !turn.responseFormat;
    if (!mustBeSupported || answer.trim() === '' || filter.cited.length > 0 || this.isRefused()) return;
    const addition = quoteBest(turn.question, used, (text) => filter.whole(text), answer.length);
    this.added.push(...(addition?.claims ?? []));
    yield* this.sendText(addition?.text ?? '');
  }

  /** Says what a list or a number was made from, if that is less than everything. */
  private *sendPartStatement(): Generator<AnswerEventBody> {
    const { material, used, model } = this;
    const isAnswer = model.kind === 'language-model' && this.answer.trim() !== '' && !this.isRefused();
    if (!material.mustStatePart || !isAnswer) return;
    yield* this.sendText(statePart(material, used, this.answer));
  }
}

function emptyAnswer(hasThought: boolean): AppError {
  return new AppError(
    'MODEL_FAILED',
    hasThought
      ? 'The model used its whole answer for thinking and wrote no text. Turn thinking off, or raise the maximum length of the answer.'
      : 'The model returned an empty answer. Ask again, or choose another model.',
  );
}

const placeOf = (passage: Passage | undefined): Partial<PassageCitation> =>
  passage ? { start: passage.start, end: passage.end, text: passage.text } : {};

/** The rules of the prompt, which a model may repeat. */
function rulesOf({ prompt }: FittedPrompt): string {
  const system = prompt.find(({ role }) => role === 'system');
  return typeof system?.content === 'string' ? system.content : '';
}
