import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
  SharedV4Warning,
} from '@ai-sdk/provider';
import { type SplitText, ThinkingSplitter } from './split-thinking.ts';

export type StreamPart = LanguageModelV4StreamPart;

/** What earlier answers of a model showed about its chat template. */
export interface ThoughtMemory {
  /** Whether the template opens a thinking tag, so that answers contain only the closing one. */
  opensThought: boolean;
}

/** Converts text and reasoning deltas to well-formed blocks: start, deltas, end, with one open block at a time. */
export class PartBlocks {
  readonly #splitter: ThinkingSplitter;
  readonly #memory: ThoughtMemory;
  #open: 'text' | 'reasoning' | null = null;
  #count = 0;

  constructor(memory: ThoughtMemory = { opensThought: false }) {
    this.#memory = memory;
    this.#splitter = new ThinkingSplitter(memory);
  }

  /** Handles content that may contain thinking tags. */
  *content(delta: string): Generator<StreamPart> {
    for (const piece of this.#splitter.push(delta)) yield* this.#write(piece);
  }

  *reasoning(delta: string): Generator<StreamPart> {
    if (delta === '') return;
    this.#splitter.expectText();
    yield* this.#write({ kind: 'reasoning', delta });
  }

  /** @param isComplete The model ended the answer by itself. */
  *close(isComplete = false): Generator<StreamPart> {
    for (const piece of this.#splitter.flush(isComplete)) yield* this.#write(piece);
    yield* this.#end();
    this.#memory.opensThought = this.#splitter.isTemplateOpen ?? this.#memory.opensThought;
  }

  *#write(piece: SplitText): Generator<StreamPart> {
    if (piece.kind === 'text-was-reasoning') {
      if (this.#open === 'text') yield* this.#end(TEXT_WAS_REASONING);
      return;
    }
    const { kind, delta } = piece;
    if (this.#open !== kind) {
      yield* this.#end();
      this.#open = kind;
      this.#count += 1;
      yield { type: `${kind}-start`, id: String(this.#count) };
    }
    yield { type: `${kind}-delta`, id: String(this.#count), delta };
  }

  *#end(providerMetadata?: SharedV4ProviderMetadata): Generator<StreamPart> {
    const id = String(this.#count);
    if (this.#open) yield { type: `${this.#open}-end`, id, ...(providerMetadata && { providerMetadata }) };
    this.#open = null;
  }
}

/** On the end of a text block: its text was a thought, which only the closing tag after it showed. */
const TEXT_WAS_REASONING: SharedV4ProviderMetadata = { lorebox: { textWasReasoning: true } };

/** Time for a server to end its response after the last part. */
const DRAIN_MS = 1000;

/**
 * Returns a stream of the generator's parts. Cancelling it calls `abort` at once, because returning the generator alone
 * would wait for its pending part. There is no read-ahead, so an error never overtakes earlier parts. Readers may stop
 * after the finish part: then the response is read to its end, so that the server doesn't see a disconnect.
 */
export function toPartStream(parts: AsyncGenerator<StreamPart>, abort: () => void): ReadableStream<StreamPart> {
  let hasFinished = false;
  return new ReadableStream<StreamPart>(
    {
      async pull(controller) {
        const next = await parts.next();
        if (next.done) controller.close();
        else {
          hasFinished = next.value.type === 'finish';
          controller.enqueue(next.value);
        }
      },
      cancel() {
        // The abort rejects a pending read, and no reader is left to handle it.
        if (hasFinished) drain(parts, abort).catch(() => {});
        else {
          abort();
          parts.return(undefined).catch(() => {});
        }
      },
    },
    { highWaterMark: 0 },
  );
}

async function drain(parts: AsyncGenerator<StreamPart>, abort: () => void): Promise<void> {
  const timer = setTimeout(abort, DRAIN_MS).unref();
  try {
    for await (const _ of parts);
  } finally {
    clearTimeout(timer);
  }
}

/** Collects a stream into a whole answer, so that each provider implements only streaming. */
export async function collectParts(stream: ReadableStream<StreamPart>): Promise<LanguageModelV4GenerateResult> {
  const content: LanguageModelV4Content[] = [];
  let warnings: SharedV4Warning[] = [];
  let finishReason: LanguageModelV4FinishReason = { unified: 'other', raw: undefined };
  let usage = toUsage(undefined, undefined);
  let providerMetadata: SharedV4ProviderMetadata | undefined;
  for await (const part of stream) {
    if (part.type === 'stream-start') warnings = part.warnings;
    else if (part.type === 'text-start') content.push({ type: 'text', text: '' });
    else if (part.type === 'reasoning-start') content.push({ type: 'reasoning', text: '' });
    else if (part.type === 'text-end' && part.providerMetadata?.lorebox?.textWasReasoning) toReasoning(content);
    else if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
      const last = content.at(-1);
      if (last?.type === 'text' || last?.type === 'reasoning') last.text += part.delta;
    } else if (part.type === 'tool-call') content.push(part);
    else if (part.type === 'finish')
      ({ finishReason, usage, providerMetadata } = { providerMetadata: undefined, ...part });
    else if (part.type === 'error') throw part.error;
  }
  return { content, finishReason, usage, providerMetadata, warnings };
}

function toReasoning(content: LanguageModelV4Content[]): void {
  const last = content.at(-1);
  if (last?.type === 'text') content.splice(-1, 1, { type: 'reasoning', text: last.text });
}

export function toUsage(input: number | undefined, output: number | undefined): LanguageModelV4Usage {
  return {
    inputTokens: { total: input, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: undefined, reasoning: undefined },
  };
}
