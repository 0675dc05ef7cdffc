import type { LoreboxEvent } from '@lorebox/contract/event';
import type { DeliveryAttempt } from '@lorebox/contract/webhook';
import type { DueDelivery, EventStore, StoredWebhook, WebhookStore } from '@lorebox/ports/event-stores';
import type { Clock, Log, Vault, WebhookSender } from '@lorebox/ports/runtime';
import { PollLoop } from '../background/poll-loop.ts';
import { retryAfterMs } from '../background/retry-after-ms.ts';
import { type Sleep, sleep } from '../background/sleep.ts';
import type { WebhookSignals } from '../core.ts';
import { signWebhook } from './sign-webhook.ts';

export interface WebhookDeps {
  webhooks: WebhookStore;
  events: EventStore;
  webhookSender: WebhookSender;
  vault: Vault;
  clock: Clock;
  log: Log;
}

export interface WebhookRunnerOptions {
  /** Milliseconds between the tries of one delivery; it is given up after the last. */
  retryDelaysMs: readonly number[];
  timeoutMs: number;
  userAgent: string;
  /** Resolves when something may have happened, or after the time. */
  changed(timeoutMs: number): Promise<void>;
  /** Default: the real clock. */
  sleep?: Sleep;
  /** Between 0 and 1, spreads retries. Default: `Math.random`. */
  random?(): number;
}

const POLL_MS = 1000;
/** A receiver that hangs holds up its own events alone. */
const PER_WEBHOOK = 4;
/** With a full disk the same delivery would be sent over and over. */
const POLL_INTERVAL_MS = 30_000;
const MAX_RETRY_AFTER_MS = 24 * 3600_000;

/**
 * Sends what is due, for as long as it runs. Everything that it knows is in the database: after a kill the same event is sent
 * again under the same `webhook-id`, so that a receiver gets each at least once and can tell the second time.
 */
export class WebhookRunner implements WebhookSignals {
  private readonly deps: WebhookDeps;
  private readonly options: WebhookRunnerOptions;
  private readonly inFlight = new Map<string, Set<string>>();
  private readonly sending = new Set<Promise<void>>();
  private readonly sleep: Sleep;
  private readonly random: () => number;
  private readonly loop = new PollLoop({
    tick: () => this.trySendDue(),
    idle: (signal) => Promise.race([this.options.changed(POLL_MS), this.sleep(POLL_MS, signal)]),
  });

  constructor(deps: WebhookDeps, options: WebhookRunnerOptions) {
    this.deps = deps;
    this.options = options;
    this.sleep = options.sleep ?? sleep;
    this.random = options.random ?? Math.random;
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /** Requests in flight are given up; their events are sent again after the next start. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.allSettled(this.sending);
  }

  /** Sends every delivery that is due, then returns: `start` for tests and one-off tools. */
  async runDue(): Promise<void> {
    do {
      await this.trySendDue();
      await Promise.allSettled(this.sending);
    } while (this.sending.size > 0);
  }

  private async trySendDue(): Promise<boolean> {
    await this.sendDue().catch((err) => this.deps.log.error({ err }, 'webhook delivery check failed'));
    return false;
  }

  private async sendDue(): Promise<void> {
    const now = new Date(this.deps.clock.now());
    for (const webhook of await this.deps.webhooks.withDueDeliveries(now)) {
      const busy = this.inFlight.get(webhook.id) ?? new Set();
      this.inFlight.set(webhook.id, busy);
      if (busy.size >= PER_WEBHOOK) continue;
      const due = await this.deps.webhooks.dueDeliveries(webhook.id, now, PER_WEBHOOK + busy.size);
      const fresh = due.filter(({ delivery }) => !busy.has(delivery.id)).slice(0, PER_WEBHOOK - busy.size);
      for (const one of fresh) {
        busy.add(one.delivery.id);
        const sent: Promise<void> = this.deliver(webhook, one).finally(() => {
          busy.delete(one.delivery.id);
          this.sending.delete(sent);
          this.loop.wake();
        });
        this.sending.add(sent);
      }
    }
  }

  private async deliver(webhook: StoredWebhook, { delivery, tries, event }: DueDelivery): Promise<void> {
    const { clock, log, webhooks } = this.deps;
    try {
      const at = new Date(clock.now());
      const outcome = await this.post(webhook, event, at);
      if (this.loop.signal.aborted && outcome.status === null) return;
      const attempt = { at, ...outcome, durationMs: Math.max(0, Math.round(clock.now() - at.getTime())) };
      const { retryAfter: _, ...told } = attempt;
      await webhooks.recordAttempt(delivery.id, told, await this.next(webhook, delivery.createdAt, tries, attempt));
    } catch (err) {
      log.error({ err, delivery: delivery.id }, 'webhook delivery outcome not stored');
      await this.sleep(POLL_INTERVAL_MS, this.loop.signal);
    }
  }

  private async post(webhook: StoredWebhook, event: LoreboxEvent, at: Date): Promise<Outcome> {
    const { vault, webhookSender } = this.deps;
    try {
      const { id, type, timestamp, workspaceId, data } = event;
      const body = JSON.stringify({ id, type, timestamp, workspaceId, data });
      const isGrace = webhook.previousSecretUntil !== null && webhook.previousSecretUntil > at;
      const sealed = [webhook.secret, ...(isGrace && webhook.previousSecret ? [webhook.previousSecret] : [])];
      const signature = await signWebhook({ id, timestamp: at, body }, sealed.map(vault.open));
      const headers = { 'content-type': 'application/json', 'user-agent': this.options.userAgent, ...signature };
      const signal = AbortSignal.any([this.loop.signal, AbortSignal.timeout(this.options.timeoutMs)]);
      const { status, retryAfter } = await webhookSender.post(webhook.url, { headers, body, signal });
      const error = status >= 200 && status < 300 ? null : `The receiver responded with status ${status}.`;
      return { status, error, retryAfter };
    } catch (cause) {
      return { status: null, error: cause instanceof Error ? cause.message : String(cause), retryAfter: null };
    }
  }

  /** What follows a try: done, once more later, or given up. A receiver that takes nothing any more is switched off. */
  private async next(webhook: StoredWebhook, createdAt: Date, tries: number, attempt: Outcome & DeliveryAttempt) {
    if (attempt.error === null) return { status: 'delivered', nextAttemptAt: null, disable: null } as const;
    if (attempt.status === 410) {
      const disable = 'The receiver responded with 410 Gone.';
      return { status: 'failed', nextAttemptAt: null, disable } as const;
    }
    const delay = this.options.retryDelaysMs[tries];
    if (delay !== undefined) {
      const pause = Math.max(
        delay * (1 + this.random() / 10),
        Math.min(retryAfterMs(attempt.retryAfter, attempt.at.getTime()), MAX_RETRY_AFTER_MS),
      );
      return { status: 'pending', nextAttemptAt: new Date(this.deps.clock.now() + pause), disable: null } as const;
    }
    const isAlive = await this.deps.webhooks.hasDeliveredSince(webhook.id, createdAt);
    const disable = isAlive ? null : `All ${tries + 1} delivery attempts failed. Last error: ${attempt.error}`;
    if (disable !== null) this.deps.log.warn({ webhook: webhook.id, reason: disable }, 'webhook disabled');
    return { status: 'failed', nextAttemptAt: null, disable } as const;
  }
}

interface Outcome {
  status: number | null;
  error: string | null;
  retryAfter: string | null;
}
