// A typical program that uses the published package. It is copied to an empty project and run there in every runtime,
// and in a browser as a bundle. Returns its results.
import { Lorebox, NotFoundError, type UploadProgress } from '@lorebox/sdk';
import { verifyWebhook, WebhookSignatureError } from '@lorebox/sdk/webhooks';

export interface Seen {
  text: string;
  seqs: number[];
  resumedFrom: number;
  citations: string[];
  titles: string[];
  progress: UploadProgress[];
  isDate: boolean;
  error: { isTyped: boolean; code: string; status: number | null; hasRequestId: boolean };
  response: { status: number; contentType: string | null; hasRequestId: boolean };
  abortReason: string;
  webhook: { title: unknown; forged: string };
}

export async function runAcceptance(name: string, baseUrl: string, apiKey: string): Promise<Seen> {
  const lorebox = new Lorebox({ baseUrl, apiKey, timeout: 20_000 });
  const { slug, createdAt } = await lorebox.workspaces.create({ name });

  const progress: UploadProgress[] = [];
  const harbour = new TextEncoder().encode('The harbour is nine meters deep.');
  async function* generate(): AsyncGenerator<Uint8Array> {
    yield harbour.subarray(0, 10);
    yield harbour.subarray(10);
  }
  const { documents } = await lorebox.documents.upload(
    slug,
    [
      { name: 'cape.txt', data: new Blob(['The lighthouse on the cape is 31 meters tall.']) },
      { name: 'harbour.txt', stream: generate() },
    ],
    { onProgress: (state) => progress.push(state) },
  );
  const ids = documents.map(({ id }) => id);
  // With `exactOptionalPropertyTypes`, every option also accepts undefined.
  await lorebox.documents.waitUntilReady(ids, { timeout: 60_000, signal: undefined });
  const titles: string[] = [];
  for await (const document of lorebox.documents.list(slug, { limit: 1 })) titles.push(document.filename);

  // Leave after the first words, and resume the answer from there.
  const answer = lorebox.ask({ workspace: slug, question: 'How tall is the lighthouse?' });
  const { answerId } = await answer.started;
  const seqs: number[] = [];
  let text = '';
  for await (const event of answer) {
    seqs.push(event.seq);
    if (event.type !== 'text-delta') continue;
    text += event.text;
    break;
  }
  const resumedFrom = seqs.at(-1) ?? 0;
  const citations: string[] = [];
  for await (const event of lorebox.watch(answerId, { lastEventId: resumedFrom })) {
    seqs.push(event.seq);
    if (event.type === 'text-delta') text += event.text;
    if (event.type === 'answer-end') citations.push(...event.citations.map((citation) => citation.text));
  }

  const missing: unknown = await lorebox.workspaces.get('nowhere').catch((cause: unknown) => cause);
  const error = missing instanceof NotFoundError ? missing : null;
  const { response } = await lorebox.withResponse((options) => lorebox.workspaces.get(slug, options));
  const reason = new Error('changed my mind');
  const aborted: unknown = await lorebox.status({ signal: AbortSignal.abort(reason) }).catch((cause: unknown) => cause);
  await lorebox.workspaces.update(slug, { name: undefined, topK: 6 }, { timeout: undefined });
  await lorebox.workspaces.delete(slug);
  return {
    text,
    seqs,
    resumedFrom,
    citations,
    titles,
    progress,
    isDate: createdAt instanceof Date,
    error: {
      isTyped: error !== null,
      code: error?.code ?? String(missing),
      status: error?.status ?? null,
      hasRequestId: Boolean(error?.requestId),
    },
    response: {
      status: response.status,
      contentType: response.headers.get('content-type'),
      hasRequestId: response.requestId !== null,
    },
    abortReason: aborted === reason ? 'mine' : String(aborted),
    webhook: await checkWebhook(),
  };
}

async function checkWebhook(): Promise<Seen['webhook']> {
  const payload = '{"type":"document.ready","timestamp":"2026-11-22T10:00:00.000Z","data":{"title":"Cape ✓"}}';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const bytes = new TextEncoder().encode('a secret of the receiver');
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`msg_1.${timestamp}.${payload}`));
  const encode = (part: Uint8Array) => btoa(String.fromCharCode(...part));
  const headers = new Headers({
    'webhook-id': 'msg_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${encode(new Uint8Array(signed))}`,
  });
  const secret = `whsec_${encode(bytes)}`;
  const event = await verifyWebhook({ payload, headers, secret });
  const forged: unknown = await verifyWebhook({ payload: payload.replace('✓', '✗'), headers, secret }).catch(
    (cause: unknown) => cause,
  );
  return {
    title: JSON.stringify(event.data),
    forged: forged instanceof WebhookSignatureError ? forged.problem : String(forged),
  };
}
