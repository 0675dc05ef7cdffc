import { z } from 'zod';
import { Metadata } from './document.ts';
import { Id } from './ids.ts';
import { EventNumber, PageInput, SortOrder, ThreadPageInput } from './page.ts';
import { Passage } from './passage.ts';
import { SEARCH_NOTICE_CODES, SearchNotice } from './reranker.ts';
import { ChatMode, MaxAnswerTokens, Thinking, WorkspaceRef } from './workspace.ts';

export const MAX_QUESTION_LENGTH = 20_000;

export const Attachment = z
  .object({
    mediaType: z.string().regex(/^image\/(png|jpeg|webp|gif)$/),
    data: z.string().max(20_000_000).describe('Base 64.'),
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof Attachment>;

export const AskInput = z.object({
  ...WorkspaceRef.shape,
  question: z.string().trim().min(1).max(MAX_QUESTION_LENGTH),
  threadId: Id.optional().describe('Thread to continue. If omitted, a new thread is created.'),
  mode: ChatMode.optional().describe('Overrides the mode of the workspace.'),
  model: z.string().max(200).optional().describe('Overrides the model of the workspace.'),
  documentIds: z.array(Id).max(1000).optional().describe('Answer only from these documents.'),
  metadata: Metadata.optional().describe('Answer only from documents whose metadata contains all of these values.'),
  images: z.array(Attachment).max(8).optional(),
  maxAnswerTokens: MaxAnswerTokens.optional().describe('Overrides the maximum length of the answer in tokens.'),
  thinking: Thinking.optional().describe('Overrides how much the model thinks.'),
  allowRemoteContent: z
    .boolean()
    .optional()
    .describe('Keep images, links and HTML in the answer. By default they are converted to plain text.'),
});
export type AskInput = z.infer<typeof AskInput>;

export const AskStarted = z.object({ answerId: Id, threadId: Id, questionId: Id }).meta({ id: 'AskStarted' });
export type AskStarted = z.infer<typeof AskStarted>;

/** A passage that the model received, with the number that the answer cites it by. */
export const Source = Passage.extend({
  n: z.number().int().min(1).describe('Number that the answer cites it by, as in [1].'),
  score: z.number().describe('Relevance. Only the order is meaningful.'),
}).meta({ id: 'Source' });
export type Source = z.infer<typeof Source>;

/** model: the model cited it. matched: Lorebox found that it supports the sentence. */
export const CitationOrigin = z.enum(['model', 'matched']).meta({ id: 'CitationOrigin' });
export type CitationOrigin = z.infer<typeof CitationOrigin>;

/** A sentence of the answer and who cited the source for it. Offsets into the answer, without the marker. */
export const CitedSentence = z
  .object({ start: z.number().int(), end: z.number().int(), origin: CitationOrigin })
  .meta({ id: 'CitedSentence' });
export type CitedSentence = z.infer<typeof CitedSentence>;

/** A source that the answer cites; start, end and text are narrowed to the sentences that support it. */
export const Citation = Source.omit({ score: true })
  .extend({
    origin: CitationOrigin.describe('model: the model cited it at least once. matched: only Lorebox did.'),
    sentences: z.array(CitedSentence).describe('Sentences of the answer that it supports, in order.'),
  })
  .meta({ id: 'Citation' });
export type Citation = z.infer<typeof Citation>;

/** A sentence of the answer that no source supports. Offsets into the answer. */
export const UnsupportedSentence = z
  .object({ start: z.number().int(), end: z.number().int(), support: z.number() })
  .meta({ id: 'UnsupportedSentence' });
export type UnsupportedSentence = z.infer<typeof UnsupportedSentence>;

/** What an answer was made from: retrieved passages, whole documents, summaries of them, or table queries. */
export const AnswerBasis = z.enum(['passages', 'documents', 'summaries', 'tables']).meta({ id: 'AnswerBasis' });
export type AnswerBasis = z.infer<typeof AnswerBasis>;

/**
 * What was included in the context window and what was not. Tokens are estimates until the model reports its own count.
 */
export const ContextReport = z
  .object({
    window: z.number().int().describe('Context window in tokens that the prompt was fitted to.'),
    promptTokens: z.number().int(),
    reservedForAnswer: z.number().int().describe('Maximum length of the answer in tokens.'),
    basis: AnswerBasis.describe('What the answer was made from.'),
    documentsMatching: z
      .number()
      .int()
      .nullable()
      .describe('Number of documents that the question is about. Null if the question looks for passages.'),
    documentsRead: z.number().int().describe('Number of documents of which the model received text.'),
    sourcesRetrieved: z.number().int(),
    sourcesUsed: z.number().int(),
    sourcesCut: z.number().int(),
    historyMessages: z.number().int(),
    historyUsed: z.number().int(),
    historyCut: z.number().int(),
  })
  .meta({ id: 'ContextReport' });
export type ContextReport = z.infer<typeof ContextReport>;

export const Usage = z.object({ inputTokens: z.number().int(), outputTokens: z.number().int() }).meta({ id: 'Usage' });
export type Usage = z.infer<typeof Usage>;

export const AnswerTimings = z
  .object({
    retrieve: z.number(),
    firstToken: z.number().nullable(),
    total: z.number(),
  })
  .meta({ id: 'AnswerTimings' });
export type AnswerTimings = z.infer<typeof AnswerTimings>;

/**
 * stop: complete. length: cut off at the output limit. repetition: stopped because the model repeated itself. refused:
 * the documents don't answer the question.
 */
export const FinishReason = z
  .enum(['stop', 'length', 'repetition', 'refused', 'cancelled', 'other'])
  .meta({ id: 'FinishReason' });
export type FinishReason = z.infer<typeof FinishReason>;

/** Why an answer is less than it could be. */
export const AnswerNotice = z
  .object({
    code: z.enum([
      ...SEARCH_NOTICE_CODES,
      'output-limit',
      'repetition',
      'prompt-cut',
      'sources-left-out',
      'partial-reading',
    ]),
    message: z.string().describe('Human-readable: what happened and what to do next.'),
  })
  .meta({ id: 'AnswerNotice' });
export type AnswerNotice = z.infer<typeof AnswerNotice>;

/** A query that Lorebox ran over a table of a document, so that no model has to calculate. */
export const TableQuery = z
  .object({
    documentId: Id,
    title: z.string(),
    table: z.string().describe('Name of the table: the sheet, or the heading above it.'),
    sql: z.string().describe('The SQLite query.'),
    columns: z.array(z.string()).describe('Names of the result columns.'),
    rows: z.array(z.array(z.string().nullable())).describe('Result rows, at most 100.'),
    rowCount: z.number().int().describe('Number of result rows.'),
    rowsRead: z.number().int().describe('Number of table rows that the query read.'),
    n: z.number().int().min(1).describe('Number of the source with the result.'),
  })
  .meta({ id: 'TableQuery' });
export type TableQuery = z.infer<typeof TableQuery>;

const event = { answerId: Id, seq: z.number().int().min(1) };

/** Events of one answer, in order. `seq` starts at 1 and increases. The last event is answer-end or answer-error. */
export const AnswerEvent = z
  .discriminatedUnion('type', [
    z
      .object({
        ...event,
        type: z.literal('answer-start'),
        threadId: Id,
        questionId: Id,
        model: z.string(),
        mode: ChatMode,
      })
      .meta({ id: 'AnswerStartEvent' }),
    z
      .object({
        ...event,
        type: z.literal('sources-found'),
        sources: z.array(Source),
        tableQueries: z.array(TableQuery).describe('Queries that Lorebox ran over tables.'),
        notices: z.array(SearchNotice).describe('Warnings about a degraded search. Empty if everything worked.'),
      })
      .meta({ id: 'SourcesFoundEvent' }),
    z
      .object({
        ...event,
        type: z.literal('prompt-sent'),
        promptTokens: z.number().int().describe('Estimated length of the prompt.'),
        expectedMs: z
          .number()
          .nullable()
          .describe('Expected time until the first word, from earlier answers of the model. Null if unknown.'),
      })
      .meta({ id: 'PromptSentEvent' }),
    z.object({ ...event, type: z.literal('reasoning-delta'), text: z.string() }).meta({ id: 'ReasoningDeltaEvent' }),
    z.object({ ...event, type: z.literal('text-delta'), text: z.string() }).meta({ id: 'TextDeltaEvent' }),
    z
      .object({
        ...event,
        type: z.literal('answer-end'),
        messageId: Id,
        answer: z.string().describe('The complete answer: all text-delta parts joined.'),
        citations: z.array(Citation),
        unsupported: z.array(UnsupportedSentence),
        notices: z.array(AnswerNotice).describe('What happened while answering. Empty if everything worked.'),
        finishReason: FinishReason,
        model: z.string(),
        context: ContextReport,
        usage: Usage,
        timings: AnswerTimings,
      })
      .meta({ id: 'AnswerEndEvent' }),
    z
      .object({
        ...event,
        type: z.literal('answer-error'),
        code: z.string(),
        message: z.string(),
        retryable: z.boolean(),
      })
      .meta({ id: 'AnswerErrorEvent' }),
  ])
  .meta({ id: 'AnswerEvent' });
export type AnswerEvent = z.infer<typeof AnswerEvent>;
export type AnswerEnd = Extract<AnswerEvent, { type: 'answer-end' }>;

/** A finished answer: its last event, with the data of the first events. */
export const Answer = z
  .object({
    answerId: Id,
    threadId: Id,
    questionId: Id,
    messageId: Id,
    answer: z.string(),
    citations: z.array(Citation),
    sources: z.array(Source).describe('Passages that the model received, whether cited or not.'),
    tableQueries: z.array(TableQuery).describe('Queries that Lorebox ran over tables. Empty for most questions.'),
    notices: z.array(AnswerNotice).describe('Why the answer is less than it could be. Empty if everything worked.'),
    unsupported: z.array(UnsupportedSentence),
    reasoning: z.string().nullable(),
    finishReason: FinishReason,
    model: z.string(),
    mode: ChatMode,
    context: ContextReport,
    usage: Usage,
    timings: AnswerTimings,
  })
  .meta({ id: 'Answer' });
export type Answer = z.infer<typeof Answer>;

/** How a finished answer was made. Stopped and failed answers have what was known when they ended. */
export const AnswerDetails = z
  .object({
    sources: z.array(Source).describe('All passages that the model received, whether cited or not.'),
    tableQueries: z.array(TableQuery).describe('Queries that Lorebox ran over tables. Empty for most questions.'),
    context: ContextReport.nullable().describe(
      'What was included in the context window. Null if the answer did not complete.',
    ),
    notices: z.array(AnswerNotice).describe('Why the answer is less than it could be. Empty if everything worked.'),
    unsupported: z.array(UnsupportedSentence).describe('Sentences of the answer that no passage supports.'),
    usage: Usage.nullable().describe('Tokens that the model read and wrote. Null if the answer did not complete.'),
    timings: AnswerTimings.nullable().describe('Milliseconds per step. Null if the answer did not complete.'),
    model: z.string().nullable().describe('Model that answered. Null if the answer failed before one was chosen.'),
    mode: ChatMode.nullable().describe('Mode of the answer. Null if the answer failed before it started.'),
    finishReason: FinishReason.nullable().describe('Why the answer ended. Null if it failed.'),
  })
  .meta({ id: 'AnswerDetails' });
export type AnswerDetails = z.infer<typeof AnswerDetails>;

/** An answer without its text: what it belongs to and its state. */
export const AnswerStatus = z
  .object({
    answerId: Id.describe('Id of the answer.'),
    workspaceId: Id.describe('Id of the workspace.'),
    threadId: Id.describe('Id of the thread.'),
    questionId: Id.describe('Id of the message with the question.'),
    messageId: Id.describe('Id of the message with the answer.'),
    state: z.enum(['running', 'done', 'failed', 'cancelled']).describe('State of the answer.'),
    startedAt: z.date().describe('Time of the question.'),
  })
  .meta({ id: 'AnswerStatus' });
export type AnswerStatus = z.infer<typeof AnswerStatus>;

/** An event before it has a sequence number. */
export type AnswerEventBody = AnswerEvent extends infer E
  ? E extends AnswerEvent
    ? Omit<E, 'answerId' | 'seq'>
    : never
  : never;

export const WatchInput = z.object({
  answerId: Id,
  lastEventId: EventNumber.optional().describe('Replays the events after this sequence number, then continues live.'),
});
export type WatchInput = z.infer<typeof WatchInput>;

/** private: only its owner. workspace: everyone who can see the workspace may read it, but only its owner may change it. */
export const ThreadVisibility = z.enum(['private', 'workspace']).meta({ id: 'ThreadVisibility' });
export type ThreadVisibility = z.infer<typeof ThreadVisibility>;

export const Thread = z
  .object({
    id: Id,
    workspaceId: Id,
    title: z.string(),
    pinned: z.boolean().describe('Whether its owner keeps it at the top of the list.'),
    archived: z.boolean().describe('Whether its owner moved it out of the list.'),
    visibility: ThreadVisibility.describe(
      'private: only you can read it. workspace: everyone who can see the workspace can read it, but not change it.',
    ),
    answering: z.boolean().describe('Whether an answer is in progress.'),
    mine: z.boolean().describe('Whether you can change it and ask in it. False for threads that others share.'),
    createdAt: z.date(),
    updatedAt: z.date().describe('Time of the last question or of the last new title.'),
  })
  .meta({ id: 'Thread' });
export type Thread = z.infer<typeof Thread>;

export const MessageStatus = z.enum(['complete', 'streaming', 'failed', 'cancelled']).meta({ id: 'MessageStatus' });
export type MessageStatus = z.infer<typeof MessageStatus>;

export const MAX_FEEDBACK_REASON_LENGTH = 2000;
export const Feedback = z.enum(['up', 'down']).meta({ id: 'AnswerFeedback' });
export type Feedback = z.infer<typeof Feedback>;

export const Message = z
  .object({
    id: Id,
    threadId: Id,
    role: z.enum(['user', 'assistant']),
    text: z.string(),
    reasoning: z.string().nullable(),
    status: MessageStatus,
    answerId: Id.nullable(),
    citations: z.array(Citation),
    unsupported: z.array(UnsupportedSentence).describe('Sentences of the answer that no passage supports.'),
    model: z
      .string()
      .nullable()
      .describe('Model that answered. Null for questions and while the answer is in progress.'),
    finishReason: FinishReason.nullable().describe(
      'Why the answer ended. Null for questions, for failed answers, and while the answer is in progress.',
    ),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    feedback: Feedback.nullable().describe('Rating of the answer.'),
    feedbackReason: z.string().nullable().describe('Why the answer was rated so, in the words of the user.'),
    feedbackShared: z
      .boolean()
      .describe('Allows the question and the answer to be used as a test question of the workspace.'),
    createdAt: z.date(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

export const ThreadTitle = z.string().trim().min(1).max(200).describe('Title of the thread.');
export const UpdateThreadInput = z.object({
  threadId: Id,
  title: ThreadTitle.optional(),
  pinned: z.boolean().optional().describe('Keep the thread at the top of the list.'),
  archived: z.boolean().optional().describe('Move the thread out of the list, or back.'),
  visibility: ThreadVisibility.optional().describe('Who can read the thread: only you, or the whole workspace.'),
});
export type UpdateThreadInput = z.infer<typeof UpdateThreadInput>;

export const MAX_THREAD_QUERY_LENGTH = 200;
export const ListThreadsInput = z.object({
  ...WorkspaceRef.shape,
  archived: z.boolean().default(false).describe('List archived threads instead of the others.'),
  shared: z
    .boolean()
    .default(false)
    .describe('List the threads that others share with the workspace, instead of your own.'),
  query: z
    .string()
    .trim()
    .max(MAX_THREAD_QUERY_LENGTH)
    .optional()
    .describe(
      'Only threads with a title or message that contains all of these words. Ignores case and accents; a word may be the beginning of a longer one.',
    ),
  ...ThreadPageInput.shape,
});
export type ListThreadsInput = z.infer<typeof ListThreadsInput>;
export const ListMessagesInput = z.object({
  threadId: Id,
  order: SortOrder.optional().describe('"asc" (default) lists the oldest first, "desc" the newest.'),
  ...PageInput.shape,
});
export type ListMessagesInput = z.infer<typeof ListMessagesInput>;
