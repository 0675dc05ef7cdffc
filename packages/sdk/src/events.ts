// The events of a stream by type, for functions that handle one of them.
import type { AnswerEvent } from '@lorebox/contract/chat';

/** The first event: ids, model and mode. */
export type AnswerStartEvent = Extract<AnswerEvent, { type: 'answer-start' }>;
/** The passages that the model received. */
export type SourcesFoundEvent = Extract<AnswerEvent, { type: 'sources-found' }>;
/** A part of the model's reasoning, if the model provides it. */
export type ReasoningDeltaEvent = Extract<AnswerEvent, { type: 'reasoning-delta' }>;
/** A part of the answer. */
export type TextDeltaEvent = Extract<AnswerEvent, { type: 'text-delta' }>;
/** The last event of an answer. */
export type AnswerEndEvent = Extract<AnswerEvent, { type: 'answer-end' }>;
/** The last event of an answer that failed or was cancelled. */
export type AnswerErrorEvent = Extract<AnswerEvent, { type: 'answer-error' }>;
