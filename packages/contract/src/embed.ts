import { z } from 'zod';
import type { Feedback } from './chat.ts';
import { Id } from './ids.ts';
import type { SharedCitation } from './share.ts';
import { Lead, MAX_WIDGET_QUESTION_LENGTH, type Widget, type WidgetMessage } from './widget.ts';

/** Header with the secret of a visitor's session. */
export const SESSION_HEADER = 'x-widget-session';

/** What a page receives about its widget: what it shows, and nothing about how it answers. */
export interface EmbedConfig
  extends Pick<
    Widget,
    'id' | 'title' | 'greeting' | 'accentColor' | 'position' | 'suggestions' | 'leadForm' | 'handoverUrl' | 'language'
  > {
  maxQuestionLength: number;
}

export const StartSessionInput = z.object({ visitor: z.string().trim().min(1).max(200).optional() });
export type StartSessionInput = z.infer<typeof StartSessionInput>;

export interface StartedSession {
  /** Sent back in the session header. Shown only once. */
  secret: string;
}

export const EmbedAskInput = z.object({
  question: z.string().trim().min(1).max(MAX_WIDGET_QUESTION_LENGTH),
  model: z.string().max(200).optional(),
  temperature: z.number().min(0).max(2).optional(),
  prompt: z.string().max(4000).optional(),
});
export type EmbedAskInput = z.infer<typeof EmbedAskInput>;

export const EmbedFeedbackInput = z.object({
  messageId: Id,
  feedback: z.enum(['up', 'down']).nullable() satisfies z.ZodType<Feedback | null>,
  reason: z.string().trim().max(2000).optional(),
});
export type EmbedFeedbackInput = z.infer<typeof EmbedFeedbackInput>;

export const EmbedLeadInput = Lead.extend({
  email: z.email('must be an email address').max(320),
  name: z.string().trim().max(200).default(''),
});
export type EmbedLeadInput = z.infer<typeof EmbedLeadInput>;

/** The events of an answer that a visitor receives. The id of each is the sequence number of the answer's event. */
export type EmbedEvent =
  | { type: 'start'; answerId: string; questionId: string }
  | { type: 'text'; text: string }
  | { type: 'end'; messageId: string; text: string; citations: EmbedCitation[] }
  | { type: 'error'; code: string; message: string; retryable: boolean };

/** Visitors see the passage, but not how it was matched. */
export type EmbedCitation = Omit<SharedCitation, 'sentences'>;

export interface EmbedMessage extends Pick<WidgetMessage, 'id' | 'role' | 'text' | 'status' | 'answerId' | 'feedback'> {
  citations: EmbedCitation[];
}

export interface EmbedHistory {
  messages: EmbedMessage[];
  /** Whether the visitor has left an address. */
  hasLead: boolean;
}

/** What an embed lacks to work on a page. `detail` is in English, for the people who run the website. */
export interface EmbedCheck {
  id: 'enabled' | 'origin' | 'day-quota';
  isOk: boolean;
  detail: string;
}
