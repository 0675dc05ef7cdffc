import type { Page, PageInput } from '@lorebox/contract/page';
import type { Lead, Widget, WidgetConversation } from '@lorebox/contract/widget';

/** The conversation of one visitor with a widget. Its thread is created with the first question. */
export interface StoredSession {
  id: string;
  widgetId: string;
  workspaceId: string;
  threadId: string;
  /** Hex SHA-256 of the secret, which is never stored. */
  secretHash: string;
  /** Origin of the page on which it started. */
  origin: string;
  visitor: string | null;
  lead: Lead | null;
  /** Number of questions. */
  messages: number;
  createdAt: Date;
  lastActiveAt: Date;
}

/** A conversation with the id of its thread, for the people who manage the widget. */
export interface StoredConversation extends WidgetConversation {
  threadId: string;
}

export interface QuestionCount {
  sessionId: string;
  widgetId: string;
  /** The day in UTC, as YYYY-MM-DD. */
  day: string;
}

/** Chat widgets of workspaces, with the sessions of their visitors. */
export interface WidgetStore {
  get(id: string): Promise<Widget | null>;
  /** Newest first. */
  list(workspaceId: string, page: PageInput): Promise<Page<Widget>>;
  count(workspaceId: string): Promise<number>;
  create(widget: Widget): Promise<void>;
  update(id: string, change: Partial<Widget> & { updatedAt: Date }): Promise<void>;
  /** Removes the widget with its sessions and their threads. */
  remove(id: string): Promise<void>;
  createSession(session: StoredSession): Promise<void>;
  getSession(id: string): Promise<StoredSession | null>;
  getSessionByHash(secretHash: string): Promise<StoredSession | null>;
  setLead(sessionId: string, lead: Lead): Promise<void>;
  /**
   * Counts a question in one transaction, for the session and for the day of its widget. Counts nothing and returns the
   * limit if one is reached.
   */
  countQuestion(
    count: QuestionCount & Pick<Widget, 'messagesPerSession' | 'messagesPerDay'> & { at: Date },
  ): Promise<'counted' | 'session' | 'day'>;
  /** Takes back a counted question that was not asked. */
  uncountQuestion(count: QuestionCount): Promise<void>;
  /** Returns the number of questions of the widget on this day. */
  questionsOfDay(widgetId: string, day: string): Promise<number>;
  /** Sessions with at least one question, newest first. */
  listConversations(widgetId: string, page: PageInput): Promise<Page<StoredConversation>>;
  /** The same, oldest first. */
  conversationsAfter(widgetId: string, after: string | undefined, limit: number): Promise<StoredConversation[]>;
  getConversation(id: string): Promise<StoredConversation | null>;
  /** Removes sessions without a question that were started before this time. */
  pruneSessions(before: Date): Promise<void>;
}
