import type { LoreboxEvent } from '@lorebox/contract/event';
import type { Delivery } from '@lorebox/contract/webhook';
import type { StoredWebhook, WebhookStore } from '@lorebox/ports/event-stores';
import { describe, expect, it } from 'vitest';
import { signWebhook } from './sign-webhook.ts';
import { WebhookRunner } from './webhook-runner.ts';

type Next = Parameters<WebhookStore['recordAttempt']>[2];
type Answer = { status: number; retryAfter?: string } | Error;

const AT = new Date('2026-01-01T00:00:00Z');
const EVENT: LoreboxEvent = {
  id: 'evt_1',
  type: 'webhook.test',
  timestamp: AT,
  workspaceId: null,
  data: { webhookId: 'whk_1' },
};
const DELIVERY: Delivery = {
  id: 'dlv_1',
  webhookId: 'whk_1',
  eventId: 'evt_1',
  eventType: 'webhook.test',
  status: 'pending',
  attempts: [],
  nextAttemptAt: AT,
  createdAt: AT,
};
const WEBHOOK: StoredWebhook = {
  id: 'whk_1',
  url: 'https://example.com',
  description: '',
  eventTypes: null,
  workspaceId: null,
  enabled: true,
  disabledReason: null,
  secret: 'sealed whsec_c2VjcmV0',
  previousSecret: 'sealed whsec_b2xk',
  previousSecretUntil: null,
  createdAt: AT,
  updatedAt: AT,
};

/** Sends one delivery with `tries` earlier attempts. Returns the requests and what was stored. */
async function deliver(answer: Answer, { tries = 0, webhook = WEBHOOK, deliveredSince = false } = {}) {
  const sent: { headers: Record<string, string>; body: string }[] = [];
  const recorded = new Promise<Next & { status: string; error: string | null }>((resolve) => {
    let isDue = true;
    const webhooks = {
      withDueDeliveries: async () => (isDue ? [webhook] : []),
      dueDeliveries: async () => [{ delivery: DELIVERY, tries, event: EVENT }],
      hasDeliveredSince: async () => deliveredSince,
      async recordAttempt(_: string, attempt: { error: string | null }, next: Next) {
        isDue = false;
        resolve({ ...next, error: attempt.error });
      },
    } as unknown as WebhookStore;
    const webhookSender = {
      check: async () => {},
      async post(_: string, request: { headers: Record<string, string>; body: string }) {
        sent.push(request);
        if (answer instanceof Error) throw answer;
        return { status: answer.status, retryAfter: answer.retryAfter ?? null };
      },
    };
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const vault = {
      seal: (text: string) => text,
      open: (text: string) => text.replace('sealed ', ''),
      sign: () => '',
      verify: () => false,
    };
    const runner = new WebhookRunner(
      { webhooks, events: {} as never, webhookSender, vault, clock: { now: () => AT.getTime() }, log },
      {
        retryDelaysMs: [1000, 60_000],
        timeoutMs: 1000,
        userAgent: 'test',
        changed: () => new Promise(() => {}),
        random: () => 0.5,
      },
    );
    void runner.runDue();
  });
  return { next: await recorded, sent };
}

const waitOf = ({ nextAttemptAt }: Next) => (nextAttemptAt?.getTime() ?? Number.NaN) - AT.getTime();

describe('a delivery', () => {
  it('succeeds with any 2xx', async () => {
    const { next, sent } = await deliver({ status: 204 });
    expect(next).toEqual({ status: 'delivered', nextAttemptAt: null, disable: null, error: null });
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ ...EVENT, timestamp: AT.toISOString() });
  });

  it('is retried after its delay plus jitter, and after the time that the receiver requests', async () => {
    for (const [tries, pause] of [
      [0, 1000],
      [1, 60_000],
    ] as const) {
      expect(waitOf((await deliver({ status: 500 }, { tries })).next)).toBe(pause * 1.05);
    }
    expect(waitOf((await deliver({ status: 429, retryAfter: '120' })).next)).toBe(120_000);
    const date = new Date(AT.getTime() + 300_000).toUTCString();
    expect(waitOf((await deliver({ status: 503, retryAfter: date })).next)).toBe(300_000);
    expect(waitOf((await deliver({ status: 503, retryAfter: 'soon' })).next)).toBe(1050);
    expect(waitOf((await deliver({ status: 503, retryAfter: '99999999' })).next)).toBe(86_400_000);
  });

  it('records why there was no response', async () => {
    const { next } = await deliver(new Error('Failed to reach example.com: the request timed out.'));
    expect(next).toMatchObject({ status: 'pending', error: expect.stringContaining('timed out') });
  });

  it('fails after its last retry, and the webhook is disabled if nothing else was delivered', async () => {
    expect((await deliver({ status: 500 }, { tries: 2 })).next).toMatchObject({
      status: 'failed',
      disable: expect.stringContaining('3 delivery attempts'),
    });
    const alive = await deliver({ status: 500 }, { tries: 2, deliveredSince: true });
    expect(alive.next).toMatchObject({ status: 'failed', disable: null });
    expect((await deliver({ status: 410 })).next).toMatchObject({
      status: 'failed',
      disable: expect.stringContaining('410'),
    });
  });

  it('is signed with the secret, and with the previous one during its grace period', async () => {
    const one = (await deliver({ status: 200 })).sent[0]?.headers['webhook-signature'] ?? '';
    const until = new Date(AT.getTime() + 1000);
    const two = (await deliver({ status: 200 }, { webhook: { ...WEBHOOK, previousSecretUntil: until } })).sent[0];
    expect(one.split(' ')).toHaveLength(1);
    expect(two?.headers['webhook-signature']?.split(' ')).toEqual([one, expect.stringMatching(/^v1,/)]);
  });
});

it('signs according to Standard Webhooks', async () => {
  const headers = await signWebhook(
    { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: new Date(1_614_265_330_000), body: '{"test": 2432232314}' },
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  );
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});
