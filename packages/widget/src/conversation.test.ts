import type { EmbedEvent } from '@lorebox/contract/embed';
import { expect, it, vi } from 'vitest';
import { Conversation } from './conversation.ts';
import { type EmbedApi, EmbedError, type NumberedEvent } from './embed-api.ts';

const START: EmbedEvent = { type: 'start', answerId: 'ans_1', questionId: 'msg_1' };
const END: EmbedEvent = { type: 'end', messageId: 'msg_2', text: 'Forty metres [1].', citations: [] };
const text = (part: string): EmbedEvent => ({ type: 'text', text: part });

/** Events numbered from `from`. A number at the end means that the connection is lost. */
async function* stream(from: number, ...events: (EmbedEvent | 'lost')[]): AsyncGenerator<NumberedEvent> {
  for (const [i, event] of events.entries()) {
    if (event === 'lost') throw new EmbedError('offline', 'lost');
    yield { seq: from + i, event };
  }
}

function setUp(api: Partial<EmbedApi>, secret: string | null = null) {
  const store = {
    secret,
    set(change: { secret: string | null }) {
      this.secret = change.secret;
    },
  };
  const full = { startSession: async () => ({ secret: 's1' }), ...api } as EmbedApi;
  const onAnswer = vi.fn();
  const conversation = new Conversation({
    api: full,
    store,
    visitor: null,
    overrides: {},
    wait: async () => {},
    onChange() {},
    onAnswer,
  });
  return { conversation, store, onAnswer };
}

it('asks in a new session, and reports the answer once', async () => {
  const { conversation, store, onAnswer } = setUp({ ask: async () => stream(1, START, text('Forty'), END) });
  await conversation.ask('How high?');
  expect(store.secret).toBe('s1');
  expect(conversation.messages).toMatchObject([
    { role: 'user', text: 'How high?' },
    { role: 'assistant', text: 'Forty metres [1].', state: 'complete', id: 'msg_2' },
  ]);
  expect(onAnswer).toHaveBeenCalledTimes(1);
  expect(conversation.isAnswering).toBe(false);
});

it('continues after the last event when the connection is lost', async () => {
  const resume = vi
    .fn<EmbedApi['resume']>()
    .mockRejectedValueOnce(new EmbedError('offline', 'x'))
    .mockResolvedValueOnce(stream(3, text(' metres'), 'lost'))
    .mockResolvedValueOnce(stream(4, END));
  const { conversation } = setUp({ ask: async () => stream(1, START, text('Forty'), 'lost'), resume });
  await conversation.ask('How high?');
  expect(resume.mock.calls).toEqual([
    ['s1', 'ans_1', 2],
    ['s1', 'ans_1', 2],
    ['s1', 'ans_1', 3],
  ]);
  expect(conversation.messages[1]).toMatchObject({ state: 'complete', text: 'Forty metres [1].' });
});

it('gives up after some reconnects', async () => {
  const resume = vi.fn<EmbedApi['resume']>().mockRejectedValue(new EmbedError('offline', 'x'));
  const { conversation } = setUp({ ask: async () => stream(1, START, 'lost'), resume });
  await conversation.ask('How high?');
  expect(conversation.messages[1]?.state).toBe('failed');
  expect(conversation.problem).toBe('offline');
});

it('gives the question back when it was not accepted', async () => {
  const ask = async () => {
    throw new EmbedError('limit', 'enough', 'messagesPerDay');
  };
  const { conversation } = setUp({ ask });
  await conversation.ask('How high?');
  expect(conversation.messages).toEqual([]);
  expect(conversation.unsent).toBe('How high?');
  expect(conversation.problem).toBe('messagesPerDay');
});

it('starts a new session when the old one has ended', async () => {
  const ask = vi
    .fn<EmbedApi['ask']>()
    .mockRejectedValueOnce(new EmbedError('session', 'ended'))
    .mockResolvedValueOnce(stream(1, START, END));
  const { conversation } = setUp({ ask }, 'old');
  await conversation.ask('How high?');
  expect(ask.mock.calls.map(([secret]) => secret)).toEqual(['old', 's1']);
  expect(conversation.messages[1]?.state).toBe('complete');
});

it('restores the conversation after a reload, in mid-answer too', async () => {
  const message = { text: '', citations: [], feedback: null };
  const history = async () => ({
    messages: [
      {
        ...message,
        id: 'msg_1',
        role: 'user' as const,
        text: 'How high?',
        status: 'complete' as const,
        answerId: null,
      },
      { ...message, id: 'msg_2', role: 'assistant' as const, status: 'streaming' as const, answerId: 'ans_1' },
    ],
    hasLead: true,
  });
  const resume = vi.fn<EmbedApi['resume']>().mockResolvedValue(stream(1, START, text('Forty'), END));
  const { conversation } = setUp({ history, resume }, 's0');
  await conversation.restore();
  expect(resume).toHaveBeenCalledWith('s0', 'ans_1', 0);
  expect(conversation.messages[1]).toMatchObject({ text: 'Forty metres [1].', state: 'complete' });
  expect(conversation.hasLead).toBe(true);
});

it('takes a rating back when it was not stored', async () => {
  const rate = async () => {
    throw new EmbedError('offline', 'x');
  };
  const { conversation } = setUp({ ask: async () => stream(1, START, END), rate });
  await conversation.ask('How high?');
  const [, answer] = conversation.messages;
  if (answer) await conversation.rate(answer, 'up');
  expect(answer?.feedback).toBeNull();
});

it('forgets an answer in progress when a new conversation starts', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* slow(): AsyncGenerator<NumberedEvent> {
    yield { seq: 1, event: START };
    await held;
    yield { seq: 2, event: END };
  }
  const ask = vi
    .fn<EmbedApi['ask']>()
    .mockResolvedValueOnce(slow())
    .mockResolvedValueOnce(stream(1, START, END));
  const { conversation, store, onAnswer } = setUp({ ask });
  const first = conversation.ask('One?');
  await vi.waitFor(() => expect(conversation.isAnswering && ask.mock.calls.length).toBe(1));
  conversation.restart();
  expect(store.secret).toBeNull();
  await conversation.ask('Two?');
  release();
  await first;
  expect(conversation.messages.map(({ text }) => text)).toEqual(['Two?', 'Forty metres [1].']);
  expect(onAnswer).toHaveBeenCalledTimes(1);
});
