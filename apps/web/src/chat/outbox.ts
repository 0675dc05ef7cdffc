import type { AskInput, AskStarted } from '@lorebox/contract/chat';
import { createStore, get, update } from 'idb-keyval';
import { useSyncExternalStore } from 'react';
import { queryClient } from '../api/query-client.ts';
import { refreshMessages } from './refresh-messages.ts';

export type Question = Omit<AskInput, 'workspace'>;

export interface WaitingQuestion {
  id: string;
  workspace: string;
  question: Question;
  /** Why the server refused it. Null while it waits for the network. */
  problem: string | null;
}

const KEY = 'waiting';
const store = createStore('lorebox-outbox', 'questions');
let waiting: readonly WaitingQuestion[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly WaitingQuestion[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

async function change(edit: (questions: WaitingQuestion[]) => WaitingQuestion[]): Promise<void> {
  publish(edit([...waiting]));
  await update<WaitingQuestion[]>(KEY, (stored = []) => edit(stored), store).catch(() => {});
}

/**
 * Sends a question. The server remembers the id as an idempotency key, so that a question whose answer was lost on the
 * way is not asked twice.
 * @throws TypeError if the server can't be reached.
 */
export async function sendQuestion(id: string, workspace: string, question: Question): Promise<AskStarted> {
  const response = await fetch(`/v1/workspaces/${encodeURIComponent(workspace)}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': id },
    body: JSON.stringify(question),
  });
  const body = (await response.json()) as AskStarted & { detail?: string; title?: string };
  if (!response.ok) throw new Error(body.detail ?? body.title ?? response.statusText);
  return body;
}

/** Keeps a question that could not be sent until there is a network again. */
export function keepQuestion(id: string, workspace: string, question: Question): Promise<void> {
  return change((questions) => [
    ...questions.filter((other) => other.id !== id),
    { id, workspace, question, problem: null },
  ]);
}

export function dropQuestion(id: string): Promise<void> {
  return change((questions) => questions.filter((other) => other.id !== id));
}

/** Sends what waits, oldest first. Only one tab does so at a time, where the browser has locks. */
export async function flushOutbox(): Promise<void> {
  // Locks exist only over https and on localhost. Idempotency keys make sure that nothing is asked twice.
  if (navigator.locks) await navigator.locks.request('lorebox-outbox', sendWaiting);
  else await sendWaiting();
}

async function sendWaiting(): Promise<void> {
  publish((await get<WaitingQuestion[]>(KEY, store).catch(() => [])) ?? []);
  for (const { id, workspace, question } of waiting.filter(({ problem }) => problem === null)) {
    try {
      const { threadId } = await sendQuestion(id, workspace, question);
      await dropQuestion(id);
      await refreshMessages(threadId);
      await queryClient.invalidateQueries({ queryKey: ['threads.list'] });
    } catch (error) {
      if (error instanceof TypeError) return;
      const problem = error instanceof Error ? error.message : String(error);
      await change((questions) => questions.map((other) => (other.id === id ? { ...other, problem } : other)));
    }
  }
}

export function useWaiting(workspace: string, threadId: string | undefined): WaitingQuestion[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
  return all.filter((item) => item.workspace === workspace && item.question.threadId === threadId);
}
