import type { AnswerEnd, AnswerEvent, Source, TableQuery } from '@lorebox/contract/chat';
import { useSyncExternalStore } from 'react';
import { api } from '../api/client.ts';

/** An answer as far as it has arrived. */
export interface LiveAnswer {
  answerId: string;
  questionId: string | null;
  text: string;
  reasoning: string;
  model: string | null;
  sources: Source[];
  tableQueries: TableQuery[];
  /** Time until which the first word is expected, in milliseconds since the epoch. */
  expectedAt: number | null;
  end: AnswerEnd | null;
  error: { code: string; message: string; retryable: boolean } | null;
}

interface Watched {
  answer: LiveAnswer;
  listeners: Set<() => void>;
  unsubscribe(): void;
}

const watched = new Map<string, Watched>();

function apply(answer: LiveAnswer, event: AnswerEvent): LiveAnswer {
  switch (event.type) {
    case 'answer-start':
      return { ...answer, questionId: event.questionId, model: event.model };
    case 'sources-found':
      return { ...answer, sources: event.sources, tableQueries: event.tableQueries };
    case 'prompt-sent':
      return { ...answer, expectedAt: event.expectedMs === null ? null : Date.now() + event.expectedMs };
    case 'reasoning-delta':
      return { ...answer, reasoning: answer.reasoning + event.text };
    case 'text-delta':
      return { ...answer, text: answer.text + event.text };
    case 'answer-end':
      return { ...answer, text: event.answer, end: event };
    case 'answer-error':
      return { ...answer, error: event };
  }
}

/** Watches an answer once for all parts of the page. Listeners are called once per frame at most. */
export function watchAnswer(answerId: string, onEnd: () => void): void {
  if (watched.has(answerId)) return;
  const empty = { text: '', reasoning: '', model: null, sources: [], tableQueries: [], expectedAt: null };
  const entry: Watched = {
    answer: { answerId, questionId: null, ...empty, end: null, error: null },
    listeners: new Set(),
    unsubscribe: () => {},
  };
  watched.set(answerId, entry);
  let isScheduled = false;
  const announce = () => {
    isScheduled = false;
    for (const listener of entry.listeners) listener();
  };
  // Hidden tabs get no frames.
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    if (document.hidden) setTimeout(announce, 250);
    else requestAnimationFrame(announce);
  };
  const { unsubscribe } = api.chat.watch.subscribe(
    { answerId },
    {
      onData({ data }) {
        entry.answer = apply(entry.answer, data);
        schedule();
        if (data.type === 'answer-end' || data.type === 'answer-error') onEnd();
      },
      onError(error) {
        entry.answer = {
          ...entry.answer,
          error: { code: error.data?.appCode ?? 'OFFLINE', message: error.message, retryable: true },
        };
        schedule();
        onEnd();
      },
      onComplete: onEnd,
    },
  );
  entry.unsubscribe = unsubscribe;
}

/** Frees an answer whose message has been loaded. */
export function forgetAnswer(answerId: string): void {
  watched.get(answerId)?.unsubscribe();
  watched.delete(answerId);
}

export function useLiveAnswer(answerId: string | null): LiveAnswer | null {
  return useSyncExternalStore(
    (listener) => {
      const entry = answerId === null ? undefined : watched.get(answerId);
      entry?.listeners.add(listener);
      return () => entry?.listeners.delete(listener);
    },
    () => (answerId === null ? null : (watched.get(answerId)?.answer ?? null)),
  );
}
