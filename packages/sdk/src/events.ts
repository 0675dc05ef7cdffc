// The events of a stream by type, for functions that handle one of them.
import type { AnswerEvent } from '@lorebox/contract/chat';

type EventOf<Type extends AnswerEvent['type']> = Extract<AnswerEvent, { type: Type }>;

/** The first event: ids, model and mode. */
export type AnswerStartEvent = EventOf<'answer-start'>;
/** The passages that the model receives. */
export type SourcesFoundEvent = EventOf<'sources-found'>;
/** A part of what the model thinks, if it shows it. */
export type ReasoningDeltaEvent = EventOf<'reasoning-delta'>;
/** A part of the answer. */
export type TextDeltaEvent = EventOf<'text-delta'>;
/** The last event of an answer. */
export type AnswerEndEvent = EventOf<'answer-end'>;
/** The last event of an answer that failed or was cancelled. */
export type AnswerErrorEvent = EventOf<'answer-error'>;
