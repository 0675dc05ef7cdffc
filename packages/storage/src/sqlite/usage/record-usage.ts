import type { AnswerEvent } from '@lorebox/contract/chat';
import { latencyBucketOf } from '@lorebox/contract/latency-buckets';
import type { AnswerState } from '@lorebox/ports/chat-stores';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

interface Ended {
  state: AnswerState;
  model: string | null;
  lastEvent: AnswerEvent | undefined;
}

interface Asked {
  workspaceId: string;
  userId: string | null;
  startedAt: number;
}

const GROUP = 'day, workspace_id, user_id, model';
const ASKED = `select a.workspace_id workspaceId, t.user_id userId, a.started_at startedAt
  from answers a join threads t on t.id = a.thread_id where a.id = ?`;
const ADD_USAGE = `insert into usage (${GROUP}, questions, failed, input_tokens, output_tokens)
  values (?, ?, ?, ?, 1, ?, ?, ?)
  on conflict (${GROUP}) do update set questions = questions + 1, failed = failed + excluded.failed,
    input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens`;
const ADD_LATENCY = `insert into usage_latencies (${GROUP}, kind, bucket, answers) values (?, ?, ?, ?, ?, ?, 1)
  on conflict (${GROUP}, kind, bucket) do update set answers = answers + 1`;

/** Adds an answer that ended to the sums of its day. */
export function recordUsage({ raw }: WriteContext, answerId: string, { state, model, lastEvent }: Ended): void {
  const asked = prepareOnce<[string], Asked>(raw, ASKED).get(answerId);
  if (!asked) return;
  const day = new Date(asked.startedAt).toISOString().slice(0, 10);
  const group = [day, asked.workspaceId, asked.userId ?? '', model ?? ''] as const;
  const end = lastEvent?.type === 'answer-end' ? lastEvent : null;
  const { inputTokens, outputTokens } = end?.usage ?? { inputTokens: 0, outputTokens: 0 };
  prepareOnce(raw, ADD_USAGE).run(...group, state === 'failed' ? 1 : 0, inputTokens, outputTokens);
  if (!end) return;
  const { total, firstToken } = end.timings;
  prepareOnce(raw, ADD_LATENCY).run(...group, 'total', latencyBucketOf(total));
  if (firstToken !== null) prepareOnce(raw, ADD_LATENCY).run(...group, 'first-token', latencyBucketOf(firstToken));
}
