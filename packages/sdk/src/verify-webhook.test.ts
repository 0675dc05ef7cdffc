import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type VerifyWebhookOptions, verifyWebhook, WebhookSignatureError } from './webhooks.ts';

// The example in the Standard Webhooks specification and its libraries.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const AT = 1614265330;
const PAYLOAD = '{"test": 2432232314}';
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const headers = { 'webhook-id': ID, 'webhook-timestamp': String(AT), 'webhook-signature': SIGNATURE };

const sign = (payload: string | Uint8Array, { secret = SECRET, id = ID, at = AT } = {}) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${id}.${at}.`)
    .update(payload)
    .digest('base64')}`;

const check = (change: Partial<VerifyWebhookOptions> = {}) =>
  verifyWebhook({ payload: PAYLOAD, headers, secret: SECRET, now: new Date(AT * 1000), ...change });

const problemOf = (change: Partial<VerifyWebhookOptions>) =>
  check(change).then(
    () => null,
    (error: unknown) => (error instanceof WebhookSignatureError ? error.problem : error),
  );

describe('a webhook', () => {
  it('from the specification is accepted, with either kind of headers and body', async () => {
    expect(sign(PAYLOAD)).toBe(SIGNATURE);
    const event = { test: 2432232314 };
    expect(await check()).toEqual(event);
    expect(await check({ headers: new Headers(headers), payload: new TextEncoder().encode(PAYLOAD) })).toEqual(event);
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
    expect(await check({ headers: shouted, secret: SECRET.slice(6) })).toEqual(event);
  });

  it('from the server is returned as an event with a date', async () => {
    const payload = '{"type":"document.ready","timestamp":"2026-11-22T10:00:00.000Z","data":{"title":"灯台 ✓"}}';
    const signed = { ...headers, 'webhook-signature': sign(payload) };
    const event = await check({ payload, headers: signed });
    expect(event).toEqual({
      type: 'document.ready',
      timestamp: new Date('2026-11-22T10:00:00Z'),
      data: { title: '灯台 ✓' },
    });
    expect(await check({ payload: Buffer.from(payload), headers: signed })).toEqual(event);
  });

  it('is accepted if one of several signatures matches, as during a rotation', async () => {
    const old = sign(PAYLOAD, { secret: `whsec_${randomBytes(24).toString('base64')}` });
    const several = (...all: string[]) => ({ headers: { ...headers, 'webhook-signature': all.join(' ') } });
    expect(await problemOf(several(old, SIGNATURE))).toBeNull();
    expect(await problemOf(several('v1a,AAAA', '', 'v1,not base64!', SIGNATURE))).toBeNull();
    expect(await problemOf(several(old))).toBe('no-match');
    expect(await problemOf(several(SIGNATURE.replace('v1', 'v2')))).toBe('no-match');
  });

  it.each([
    ['another id', { headers: { ...headers, 'webhook-id': 'msg_other' } }],
    ['another time', { headers: { ...headers, 'webhook-timestamp': String(AT + 1) } }],
    ['another body', { payload: PAYLOAD.replace('4', '5') }],
    ['a body written again', { payload: JSON.stringify(JSON.parse(PAYLOAD)) }],
    ['a signature cut short', { headers: { ...headers, 'webhook-signature': SIGNATURE.slice(0, -5) } }],
    ['an empty signature', { headers: { ...headers, 'webhook-signature': 'v1,' } }],
    ['a signature beyond Latin-1', { headers: { ...headers, 'webhook-signature': 'v1,gÿ✓' } }],
    ['another secret', { secret: `whsec_${Buffer.from('another secret of the receiver').toString('base64')}` }],
  ])('with %s is rejected', async (_, change) => {
    expect(await problemOf(change)).toBe('no-match');
  });

  it.each(Object.keys(headers))('without the header %s is rejected', async (name) => {
    expect(await problemOf({ headers: { ...headers, [name]: undefined } })).toBe('missing-header');
    const rest = new Headers(headers);
    rest.delete(name);
    expect(await problemOf({ headers: rest })).toBe('missing-header');
  });

  it('is rejected if its timestamp is too old, too new, or invalid', async () => {
    const at = (seconds: number) => ({ now: new Date((AT + seconds) * 1000) });
    expect(await problemOf(at(300))).toBeNull();
    expect(await problemOf(at(301))).toBe('too-old');
    expect(await problemOf({ ...at(301), tolerance: 600 })).toBeNull();
    expect(await problemOf(at(-300))).toBeNull();
    expect(await problemOf(at(-301))).toBe('too-new');
    for (const time of ['soon', '-1', '1e9', '1614265330.5', ' ']) {
      expect(await problemOf({ headers: { ...headers, 'webhook-timestamp': time } })).toBe('bad-timestamp');
    }
    expect(await problemOf({ now: undefined as never })).toBe('too-old');
  });

  it('that is signed but not JSON is reported', async () => {
    const payload = 'hello';
    expect(await problemOf({ payload, headers: { ...headers, 'webhook-signature': sign(payload) } })).toBe(
      'bad-payload',
    );
  });

  it.each(['', 'whsec_', 'whsec_!', 'not base64 at all'])('cannot be verified with the secret "%s"', async (secret) => {
    expect(await problemOf({ secret })).toBeInstanceOf(TypeError);
  });
});
