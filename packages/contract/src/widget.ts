import { z } from 'zod';
import { Feedback, MessageStatus } from './chat.ts';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { SharedCitation } from './share.ts';
import { ChatMode, WorkspaceRef } from './workspace.ts';

/** Languages that the widget is translated to. */
export const WidgetLanguage = z.enum(['en', 'de', 'es', 'zh', 'ar']).meta({ id: 'WidgetLanguage' });
export type WidgetLanguage = z.infer<typeof WidgetLanguage>;

export const WidgetPosition = z.enum(['left', 'right']).meta({ id: 'WidgetPosition' });
export type WidgetPosition = z.infer<typeof WidgetPosition>;

/** off: visitors are not asked for their address; optional: they may leave it; required: before the first question. */
export const LeadForm = z.enum(['off', 'optional', 'required']).meta({ id: 'WidgetLeadForm' });
export type LeadForm = z.infer<typeof LeadForm>;

const ORIGIN = /^https?:\/\/(?:\*\.)?(?:[a-z0-9-]{1,63}\.){0,20}(?:[a-z0-9-]{1,63}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/;

/** The form in which browsers send it: lowercase, without the default port, and international names in ASCII. */
function toOrigin(text: string): string {
  const url = URL.parse(text.trim());
  return url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' ? url.origin : text;
}

const AllowedOrigin = z
  .string()
  .max(300)
  .transform(toOrigin)
  .pipe(z.string().regex(ORIGIN, 'must be an origin such as https://example.com or https://*.example.com'));

const HandoverUrl = z
  .string()
  .max(2000)
  .refine((url) => /^(?:https?|mailto|tel):/i.test(url) && URL.canParse(url), 'must be an http(s), mailto or tel URL');

export const MAX_WIDGET_QUESTION_LENGTH = 4000;

const settings = {
  name: z.string().trim().min(1).max(200).describe('Name of the widget, for the people who manage it.'),
  enabled: z.boolean().describe('Whether the widget answers. A disabled widget is not shown on pages.'),
  mode: ChatMode,
  model: z.string().max(200).nullable().describe('Model id. Null uses the model of the workspace.'),
  allowModelOverride: z.boolean().describe('Whether a page may choose the model.'),
  allowTemperatureOverride: z.boolean().describe('Whether a page may set the temperature.'),
  allowPromptOverride: z.boolean().describe('Whether a page may replace the instructions of the workspace.'),
  messagesPerSession: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .describe('Maximum number of questions per conversation. Null: no limit.'),
  messagesPerDay: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe('Maximum number of questions per day (UTC), across all visitors. Null: no limit.'),
  title: z.string().trim().max(100).describe('Title of the chat window. Empty: a title in the language of the page.'),
  greeting: z.string().trim().max(1000).describe('First message of the chat window. May be empty.'),
  accentColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a color such as #2563eb')
    .describe('Accent color as #rrggbb.'),
  position: WidgetPosition.describe('Corner of the page for the button.'),
  suggestions: z
    .array(z.string().trim().min(1).max(200))
    .max(6)
    .describe('Questions that the chat window offers before the first one.'),
  leadForm: LeadForm.describe('Whether the widget asks visitors for their name and email address.'),
  handoverUrl: HandoverUrl.nullable().describe('Link to a person: an http(s), mailto or tel URL. Null: no link.'),
  language: WidgetLanguage.nullable().describe('Language of the widget. Null uses the language of the page.'),
};

const allowedOrigins = z
  .array(AllowedOrigin)
  .max(100)
  .describe(
    'Origins of the pages that may show the widget, such as https://example.com, with the port if it is not the default one. https://*.example.com allows all subdomains. Empty: no page may.',
  );

/** A chat for the visitors of a website, who ask the documents of a workspace without an account. */
export const Widget = z
  .object({
    id: Id.describe('Id of the widget, as in its script tag.'),
    workspaceId: Id,
    ...settings,
    accentColor: z.string().describe('Accent color as #rrggbb.'),
    handoverUrl: z.string().nullable().describe('Link to a person. Null: no link.'),
    allowedOrigins: z.array(z.string()).describe('Origins of the pages that may show the widget. Empty: no page may.'),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'Widget' });
export type Widget = z.infer<typeof Widget>;

export type WidgetSettings = Omit<Widget, 'id' | 'workspaceId' | 'createdAt' | 'updatedAt' | 'name'>;

export const DEFAULT_WIDGET_SETTINGS: WidgetSettings = {
  enabled: true,
  mode: 'query',
  model: null,
  allowModelOverride: false,
  allowTemperatureOverride: false,
  allowPromptOverride: false,
  allowedOrigins: [],
  messagesPerSession: 50,
  messagesPerDay: 500,
  title: '',
  greeting: '',
  accentColor: '#2563eb',
  position: 'right',
  suggestions: [],
  leadForm: 'off',
  handoverUrl: null,
  language: null,
};

const { name, ...optional } = { ...settings, allowedOrigins };
const change = z.object(optional).partial();

export const CreateWidgetInput = z.object({ ...WorkspaceRef.shape, name, ...change.shape });
export type CreateWidgetInput = z.infer<typeof CreateWidgetInput>;

export const WidgetRef = z.object({ widgetId: Id.describe('Id of the widget.') });

export const UpdateWidgetInput = z.object({ ...WidgetRef.shape, name: name.optional(), ...change.shape });
export type UpdateWidgetInput = z.infer<typeof UpdateWidgetInput>;

export const ListWidgetsInput = z.object({ ...WorkspaceRef.shape, ...PageInput.shape });
export type ListWidgetsInput = z.infer<typeof ListWidgetsInput>;

/** What a visitor left of themselves. */
export const Lead = z
  .object({
    name: z.string().trim().max(200).describe('Name of the visitor. May be empty.'),
    email: z.string().trim().max(320).describe('Email address of the visitor.'),
  })
  .meta({ id: 'WidgetLead' });
export type Lead = z.infer<typeof Lead>;

/** The questions of one visitor, with their answers. */
export const WidgetConversation = z
  .object({
    id: Id.describe('Id of the conversation.'),
    widgetId: Id,
    title: z.string().describe('First question, shortened.'),
    origin: z.string().describe('Origin of the page on which it started.'),
    visitor: z.string().nullable().describe('Name that the page gave the visitor. Null if it gave none.'),
    lead: Lead.nullable().describe('What the visitor left. Null if nothing.'),
    messages: z.number().int().describe('Number of questions.'),
    createdAt: z.date(),
    lastActiveAt: z.date().describe('Time of the last question.'),
  })
  .meta({ id: 'WidgetConversation' });
export type WidgetConversation = z.infer<typeof WidgetConversation>;

export const ListConversationsInput = z.object({ ...WidgetRef.shape, ...PageInput.shape });
export type ListConversationsInput = z.infer<typeof ListConversationsInput>;

/** A message as a visitor sees it: without ids of documents, and without what the model was told. */
export const WidgetMessage = z
  .object({
    id: Id,
    role: z.enum(['user', 'assistant']),
    text: z.string(),
    status: MessageStatus,
    answerId: Id.nullable().describe('Id of the answer, to continue one that is in progress. Null for questions.'),
    citations: z.array(SharedCitation),
    feedback: Feedback.nullable(),
    feedbackReason: z.string().nullable().describe('Why the answer was rated so, in the words of the visitor.'),
    createdAt: z.date(),
  })
  .meta({ id: 'WidgetMessage' });
export type WidgetMessage = z.infer<typeof WidgetMessage>;

export const WidgetConversationDetails = WidgetConversation.extend({
  transcript: z.array(WidgetMessage).describe('The first 1,000 messages, oldest first.'),
}).meta({ id: 'WidgetConversationDetails' });
export type WidgetConversationDetails = z.infer<typeof WidgetConversationDetails>;

export const ExportConversationsInput = z.object({
  ...WidgetRef.shape,
  after: Id.optional().describe('Id of the last conversation of the previous export. The export continues after it.'),
});
export type ExportConversationsInput = z.infer<typeof ExportConversationsInput>;

export const ConversationExport = z
  .object({
    filename: z.string(),
    text: z
      .string()
      .describe('Newline-delimited JSON: one conversation with its messages per line, oldest first, at most 200.'),
    lastId: Id.nullable().describe('Null if there are no conversations.'),
    isComplete: z.boolean().describe('False if there are more conversations after `lastId`.'),
  })
  .meta({ id: 'WidgetConversationExport' });
export type ConversationExport = z.infer<typeof ConversationExport>;
