import type { AnswerEvent } from '@lorebox/contract/chat';
import { describe, expect, it, vi } from 'vitest';
import { AnswerStream } from './answer-stream.ts';
import { CancelledError } from './errors.ts';

const IDS = { answerId: 'ans_1', threadId: 'thr_1', questionId: 'msg_1' };
const word = (seq: number, text: string): AnswerEvent => ({ answerId: 'ans_1', seq, type: 'text-delta', text });
const cancelled: AnswerEvent = {
  ...{ answerId: 'ans_1', seq: 3, type: 'answer-error', code: 'CANCELLED' },
  ...{ message: 'Cancelled.', retryable: false },
};

function answerOf(events: AnswerEvent[], stop = vi.fn(async () => {})) {
  async function* watch() {
    yield* events;
  }
  return new AnswerStream(Promise.resolve(IDS), { watch, stop, cancelOnLeave: true });
}

describe('an answer as a web stream', () => {
  it('has the events in the format of the REST API', async () => {
    const response = answerOf([word(1, 'Nine '), cancelled]).toResponse({ headers: { 'x-mine': '1' } });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-mine')).toBe('1');
    const blocks = (await response.text()).split('\n\n');
    expect(blocks[0]).toBe(`event: text-delta\ndata: ${JSON.stringify(word(1, 'Nine '))}\nid: 1`);
    expect(blocks[1]).toContain('event: answer-error');
  });

  it('has only the text', async () => {
    const response = answerOf([word(1, 'Nine '), word(2, 'meters ✓')]).toResponse({ format: 'text', status: 201 });
    expect(response.status).toBe(201);
    expect(await response.text()).toBe('Nine meters ✓');
  });

  it('fails as text when the answer fails', async () => {
    const text = answerOf([word(1, 'Nine '), cancelled])
      .toResponse({ format: 'text' })
      .text();
    await expect(text).rejects.toBeInstanceOf(CancelledError);
  });

  it('stops the answer stream when the reader cancels', async () => {
    const stop = vi.fn(async () => {});
    const reader = answerOf([word(1, 'Nine '), word(2, 'meters')], stop)
      .toReadableStream()
      .getReader();
    await reader.read();
    await reader.cancel();
    expect(stop).toHaveBeenCalledWith('ans_1');
  });
});

describe('the text of a cancelled answer', () => {
  it('ends with a CancelledError', async () => {
    await expect(answerOf([cancelled]).final()).rejects.toBeInstanceOf(CancelledError);
  });
});
