import type { EmbedAskInput, EmbedCitation, EmbedFeedbackInput, EmbedMessage } from '@lorebox/contract/embed';
import { type EmbedApi, EmbedError, type NumberedEvent } from './embed-api.ts';

export interface ShownMessage {
  /** Null until the server has named it. */
  id: string | null;
  role: 'user' | 'assistant';
  text: string;
  state: 'streaming' | 'complete' | 'failed';
  citations: EmbedCitation[];
  feedback: 'up' | 'down' | null;
}

export type Problem = EmbedError['kind'] | 'messagesPerSession' | 'messagesPerDay';

interface Secrets {
  readonly secret: string | null;
  set(change: { secret: string | null }): void;
}

interface Deps {
  api: EmbedApi;
  store: Secrets;
  visitor: string | null;
  overrides: Omit<EmbedAskInput, 'question'>;
  wait?(ms: number): Promise<void>;
  onChange(): void;
  /** Called once per answer, with its whole text. */
  onAnswer(message: ShownMessage): void;
}

const MAX_RECONNECTS = 6;
const RECONNECT_MS = 500;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The messages of one visitor. Asks, continues answers after an interruption, and starts a new session if one ended. */
export class Conversation {
  readonly messages: ShownMessage[] = [];
  problem: Problem | null = null;
  hasLead = false;
  isAnswering = false;
  /** The question that was not accepted, to be asked again. */
  unsent: string | null = null;
  private readonly deps: Deps;
  /** Changes with every new conversation, so that what belongs to the old one has no effect any more. */
  private generation = 0;
  private isRestored = false;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  /** Loads the conversation of an earlier page once, and continues an answer that is still being written. */
  async restore(): Promise<void> {
    const { api, store } = this.deps;
    const { secret } = store;
    if (secret === null || this.isRestored || this.isAnswering) return;
    this.isRestored = true;
    try {
      const { messages, hasLead } = await api.history(secret);
      this.messages.splice(0, this.messages.length, ...messages.map(toShown));
      this.hasLead = hasLead;
      this.deps.onChange();
      const [last, answer] = [this.messages.at(-1), messages.at(-1)];
      if (last?.state === 'streaming' && answer?.answerId) {
        last.text = '';
        await this.follow(last, answer.answerId, 0, null);
      }
    } catch (error) {
      if (kindOf(error) === 'session') store.set({ secret: null });
      else this.fail(error);
    }
  }

  async ask(question: string): Promise<void> {
    if (this.isAnswering) return;
    this.problem = null;
    this.unsent = null;
    this.isAnswering = true;
    this.isRestored = true;
    const asked: ShownMessage = { ...EMPTY, role: 'user', text: question, state: 'complete', citations: [] };
    const answer: ShownMessage = { ...EMPTY, role: 'assistant', text: '', state: 'streaming', citations: [] };
    this.messages.push(asked, answer);
    this.deps.onChange();
    const { generation } = this;
    try {
      const events = await this.send(question);
      if (generation !== this.generation) return;
      await this.follow(answer, null, 0, events);
    } catch (error) {
      if (generation !== this.generation) return;
      // Nothing of it was stored, so the visitor gets the question back.
      this.messages.splice(this.messages.indexOf(asked), 2);
      this.unsent = question;
      this.isAnswering = false;
      this.fail(error);
    }
  }

  async rate(message: ShownMessage, feedback: EmbedFeedbackInput['feedback']): Promise<void> {
    const { secret } = this.deps.store;
    if (secret === null || message.id === null) return;
    const before = message.feedback;
    message.feedback = feedback;
    this.deps.onChange();
    try {
      await this.deps.api.rate(secret, { messageId: message.id, feedback });
    } catch (error) {
      message.feedback = before;
      this.fail(error);
    }
  }

  async leaveLead(lead: { name: string; email: string }): Promise<void> {
    await this.deps.api.leaveLead(await this.secret(), lead);
    this.hasLead = true;
    this.deps.onChange();
  }

  /** Forgets the conversation on this page. The owners of the widget keep it. */
  restart(): void {
    this.generation += 1;
    this.isAnswering = false;
    this.deps.store.set({ secret: null });
    this.messages.length = 0;
    this.problem = null;
    this.hasLead = false;
    this.deps.onChange();
  }

  private async secret(): Promise<string> {
    const { api, store, visitor } = this.deps;
    if (store.secret !== null) return store.secret;
    const { secret } = await api.startSession(visitor);
    store.set({ secret });
    return secret;
  }

  private async send(question: string): Promise<AsyncIterable<NumberedEvent>> {
    const input = { question, ...this.deps.overrides };
    try {
      return await this.deps.api.ask(await this.secret(), input);
    } catch (error) {
      if (kindOf(error) !== 'session') throw error;
      this.deps.store.set({ secret: null });
      return this.deps.api.ask(await this.secret(), input);
    }
  }

  /** Applies the events of an answer. Reconnects after the last one when the connection is lost. */
  private async follow(
    message: ShownMessage,
    knownId: string | null,
    knownSeq: number,
    first: AsyncIterable<NumberedEvent> | null,
  ): Promise<void> {
    let [answerId, seq, events] = [knownId, knownSeq, first];
    this.isAnswering = true;
    const { generation } = this;
    try {
      for (let attempt = 0; attempt <= MAX_RECONNECTS; attempt += 1) {
        try {
          events ??= await this.deps.api.resume(await this.secret(), answerId ?? '', seq);
          for await (const { seq: number, event } of events) {
            if (generation !== this.generation) return;
            seq = number;
            attempt = 0;
            if (event.type === 'start') answerId = event.answerId;
            else if (event.type === 'text') message.text += event.text;
            else if (event.type === 'end') {
              Object.assign(message, { id: event.messageId, text: event.text, citations: event.citations });
              message.state = 'complete';
              this.deps.onChange();
              this.deps.onAnswer(message);
              return;
            } else {
              message.state = 'failed';
              return;
            }
            this.deps.onChange();
          }
        } catch (error) {
          if (answerId === null || !['offline', 'failed', 'busy'].includes(kindOf(error))) throw error;
        }
        events = null;
        if (answerId !== null) await (this.deps.wait ?? pause)(RECONNECT_MS * 2 ** attempt);
      }
      message.state = 'failed';
      this.problem = 'offline';
    } finally {
      if (generation === this.generation) {
        this.isAnswering = false;
        this.deps.onChange();
      }
    }
  }

  private fail(error: unknown): void {
    const limit = error instanceof EmbedError ? error.limit : null;
    const isKnown = limit === 'messagesPerSession' || limit === 'messagesPerDay';
    this.problem = isKnown ? limit : kindOf(error);
    this.deps.onChange();
  }
}

const EMPTY = { id: null, feedback: null } as const;

const kindOf = (error: unknown): EmbedError['kind'] => (error instanceof EmbedError ? error.kind : 'failed');

function toShown({ id, role, text, status, citations, feedback }: EmbedMessage): ShownMessage {
  const state = status === 'streaming' || status === 'complete' ? status : 'failed';
  return { id, role, text, state, citations, feedback };
}
