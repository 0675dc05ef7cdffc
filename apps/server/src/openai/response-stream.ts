import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import { toResponseAnnotation } from './annotations.ts';
import type { CompletionEnd, CompletionPart } from './completion-parts.ts';
import type { ErrorBody } from './errors.ts';
import {
  type OutputItem,
  type OutputText,
  type ResponseHead,
  type ResponseState,
  toResponseObject,
} from './response-object.ts';

export type ResponseObject = ReturnType<typeof toResponseObject>;
/** Without its sequence number. */
export type ResponseEvent = { type: string; response?: ResponseObject } & Record<string, unknown>;

export interface ResponseOptions {
  /** ID of the message; the other IDs are generated. */
  messageId: string;
  /** Base URL for downloads of cited documents. */
  origin: string;
}

type Message = Extract<OutputItem, { type: 'message' }>;
type Reasoning = Extract<OutputItem, { type: 'reasoning' }>;

/**
 * Returns the events of a response in OpenAI's order. The last one has the whole response. @throws what `parts` throws.
 */
export class ResponseStream {
  private readonly head: ResponseHead;
  private readonly options: ResponseOptions;
  private readonly output: OutputItem[] = [];
  private reasoning: Reasoning | null = null;
  private message: Message | null = null;

  constructor(head: ResponseHead, options: ResponseOptions) {
    this.head = head;
    this.options = options;
  }

  async *events(parts: AsyncIterable<CompletionPart>): AsyncGenerator<ResponseEvent> {
    yield this.whole('response.created', { status: 'in_progress' });
    yield this.whole('response.in_progress', { status: 'in_progress' });
    for await (const part of parts) {
      if (part.type === 'reasoning') yield* this.addReasoning(part.text);
      if (part.type === 'text') yield* this.addText(part.text);
      if (part.type === 'tool-call') yield* this.addCall(part);
      if (part.type !== 'end') continue;
      yield* this.finish(part);
      return;
    }
    throw new AppError('ANSWER_INTERRUPTED');
  }

  /** Returns the last event of a failed response. */
  failed({ error: { code, message } }: ErrorBody): ResponseEvent {
    return this.whole('response.failed', { status: 'failed', error: { code, message } });
  }

  private whole(type: string, state: Omit<ResponseState, 'output'>): ResponseEvent {
    return { type, response: toResponseObject(this.head, { ...state, output: structuredClone(this.output) }) };
  }

  private *addReasoning(delta: string): Generator<ResponseEvent> {
    if (this.reasoning === null) {
      yield* this.endMessage([], 'completed');
      this.reasoning = { type: 'reasoning', id: createId('rs'), summary: [] };
      yield this.added(this.reasoning);
      const part = { type: 'summary_text' as const, text: '' };
      yield { type: 'response.reasoning_summary_part.added', ...this.summaryPlace(this.reasoning), part: { ...part } };
      this.reasoning.summary.push(part);
    }
    const [part] = this.reasoning.summary;
    if (part) part.text += delta;
    yield { type: 'response.reasoning_summary_text.delta', ...this.summaryPlace(this.reasoning), delta };
  }

  private *endReasoning(): Generator<ResponseEvent> {
    const { reasoning } = this;
    if (reasoning === null) return;
    this.reasoning = null;
    const [part = { type: 'summary_text' as const, text: '' }] = reasoning.summary;
    const place = this.summaryPlace(reasoning);
    yield { type: 'response.reasoning_summary_text.done', ...place, text: part.text };
    yield { type: 'response.reasoning_summary_part.done', ...place, part: { ...part } };
    yield this.done(reasoning);
  }

  private *addText(delta: string): Generator<ResponseEvent> {
    yield* this.endReasoning();
    const message = this.message ?? (yield* this.startMessage());
    const [part] = message.content;
    if (part) part.text += delta;
    yield { type: 'response.output_text.delta', ...this.textPlace(message), delta, logprobs: [] };
  }

  private *startMessage(): Generator<ResponseEvent, Message> {
    const isFirst = !this.output.some(({ type }) => type === 'message');
    const id = isFirst ? this.options.messageId : createId('msg');
    const message: Message = { type: 'message', id, role: 'assistant', status: 'in_progress', content: [] };
    yield this.added(message);
    const part: OutputText = { type: 'output_text', text: '', annotations: [], logprobs: [] };
    yield { type: 'response.content_part.added', ...this.textPlace(message), part: { ...part, annotations: [] } };
    message.content.push(part);
    this.message = message;
    return message;
  }

  private *endMessage(citations: CompletionEnd['citations'], status: Message['status']): Generator<ResponseEvent> {
    const { message } = this;
    const part = message?.content[0];
    if (!message || !part) return;
    this.message = null;
    const place = this.textPlace(message);
    for (const [i, citation] of citations.entries()) {
      const annotation = toResponseAnnotation(citation, part.text, this.options.origin);
      part.annotations.push(annotation);
      yield { type: 'response.output_text.annotation.added', ...place, annotation_index: i, annotation };
    }
    yield { type: 'response.output_text.done', ...place, text: part.text, logprobs: [] };
    yield { type: 'response.content_part.done', ...place, part: structuredClone(part) };
    message.status = status;
    yield this.done(message);
  }

  private *addCall({ id, name, input }: CompletionPart & { type: 'tool-call' }): Generator<ResponseEvent> {
    yield* this.endReasoning();
    yield* this.endMessage([], 'completed');
    const call = { type: 'function_call' as const, id: createId('fc'), call_id: id, name, arguments: '' };
    const item: OutputItem = { ...call, status: 'in_progress' };
    yield this.added(item);
    const place = { item_id: item.id, output_index: this.output.indexOf(item) };
    yield { type: 'response.function_call_arguments.delta', ...place, delta: input };
    yield { type: 'response.function_call_arguments.done', ...place, name, arguments: input };
    item.arguments = input;
    item.status = 'completed';
    yield this.done(item);
  }

  private *finish(end: CompletionEnd): Generator<ResponseEvent> {
    const status = end.finishReason === 'length' ? 'incomplete' : 'completed';
    yield* this.endReasoning();
    // Clients expect a message even if the model returned nothing.
    const hasSaid = this.output.some(({ type }) => type !== 'reasoning');
    if (!hasSaid) yield* this.startMessage();
    yield* this.endMessage(end.citations, status);
    yield this.whole(`response.${status}`, { status, end });
  }

  private added(item: OutputItem): ResponseEvent {
    this.output.push(item);
    return { type: 'response.output_item.added', output_index: this.output.length - 1, item: structuredClone(item) };
  }

  private done(item: OutputItem): ResponseEvent {
    const place = { output_index: this.output.indexOf(item) };
    return { type: 'response.output_item.done', ...place, item: structuredClone(item) };
  }

  private textPlace(item: OutputItem) {
    return { item_id: item.id, output_index: this.output.indexOf(item), content_index: 0 };
  }

  private summaryPlace(item: OutputItem) {
    return { item_id: item.id, output_index: this.output.indexOf(item), summary_index: 0 };
  }
}
