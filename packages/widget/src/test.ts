import type { EmbedCheck } from '@lorebox/contract/embed';
import { checkPolicy } from './csp.ts';
import { readEvents } from './read-events.ts';
import { element } from './view/element.ts';

/** The self-test page of a widget: says why it does not work on a website, and what to do. In English, for developers. */
interface Result {
  name: string;
  isOk: boolean;
  detail: string;
}

const SHEET = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 720px; margin: 32px auto; padding: 0 16px; color: #16181d; background: #fff; }
form, label { display: flex; flex-direction: column; gap: 6px; }
form { gap: 16px; margin-block-end: 24px; }
input, textarea, button { font: inherit; padding: 8px 10px; border: 1px solid #757b85; border-radius: 8px; }
button { align-self: flex-start; background: #1d4ed8; color: #fff; border-color: transparent; cursor: pointer; }
li { margin-block: 10px; }
.ok { color: #14652f; } .bad { color: #a3180f; }
`;
/** Events that are sent 250 ms apart and arrive within this time were held back by a proxy. */
const MIN_SPREAD_MS = 250;
const root = location.href.replace(/\/test(?:\?.*)?$/, '');

const TITLES: Record<EmbedCheck['id'], string> = { enabled: 'Widget', 'day-quota': 'Quota', origin: 'Origin' };

async function checkServer(page: string): Promise<Result[]> {
  try {
    const response = await fetch(`${root}/check?page=${encodeURIComponent(page)}`);
    if (!response.ok)
      return [{ name: 'Server', isOk: false, detail: `The server answers with status ${response.status}.` }];
    const { checks } = (await response.json()) as { checks: EmbedCheck[] };
    return checks.map(({ id, isOk, detail }) => ({ name: TITLES[id], isOk, detail }));
  } catch {
    return [{ name: 'Server', isOk: false, detail: "Can't reach the server. Check that it is running." }];
  }
}

/** A proxy that collects responses delivers all events at once, so visitors would wait for the whole answer. */
async function checkStream(): Promise<Result> {
  const name = 'Streaming';
  try {
    const response = await fetch(`${root}/probe`);
    if (!response.ok || !response.body)
      return { name, isOk: false, detail: `A proxy or the server answers with status ${response.status}.` };
    const times: number[] = [];
    for await (const { id } of readEvents(response.body)) if (id !== null) times.push(performance.now());
    const spread = (times.at(-1) ?? 0) - (times[0] ?? 0);
    if (times.length > 1 && spread >= MIN_SPREAD_MS)
      return { name, isOk: true, detail: 'Answers arrive as they are written.' };
    const detail =
      'A proxy collects the response before it passes it on. Turn off buffering for /embed/ (nginx: proxy_buffering off).';
    return { name, isOk: false, detail };
  } catch {
    return { name, isOk: false, detail: 'The stream was interrupted. Check the timeouts of the proxy.' };
  }
}

function checkPage(page: string, policy: string): Result[] {
  const url = URL.canParse(page) ? new URL(page) : null;
  if (url === null) return [];
  const results: Result[] = [];
  if (url.protocol === 'https:' && location.protocol === 'http:') {
    const detail = 'A page with https may not load a script over http. Give the server a certificate.';
    results.push({ name: 'Encryption', isOk: false, detail });
  }
  if (policy.trim() === '') return results;
  const checks = checkPolicy(policy, location.origin, url.origin);
  return [...results, ...checks.map(({ isOk, detail }) => ({ name: 'Content-Security-Policy', isOk, detail }))];
}

function start(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  document.adoptedStyleSheets = [sheet];
  const known = new URLSearchParams(location.search).get('page') ?? document.referrer;
  const page = element('input', {
    attributes: { type: 'url', placeholder: 'https://example.com/contact', value: known },
  });
  const policy = element('textarea', { attributes: { rows: '4', placeholder: "default-src 'self'; ..." } });
  const results = element('ul', { attributes: { 'aria-live': 'polite' } });
  async function run(event?: Event): Promise<void> {
    event?.preventDefault();
    results.replaceChildren(element('li', {}, 'Testing ...'));
    const address = page.value.trim();
    const found = [...(await checkServer(address)), await checkStream(), ...checkPage(address, policy.value)];
    results.replaceChildren(
      ...found.map(({ name, isOk, detail }) =>
        element(
          'li',
          {},
          element('strong', { class: isOk ? 'ok' : 'bad' }, `${isOk ? 'OK' : 'Problem'}: ${name}`),
          element('br'),
          detail,
        ),
      ),
    );
  }
  const hint =
    'Content-Security-Policy of that page, if it has one (in the developer tools: Network, the page, Headers)';
  document.body.append(
    element(
      'main',
      {},
      element('h1', {}, 'Widget self-test'),
      element('p', {}, 'Enter the address of the page on which the widget should appear.'),
      element(
        'form',
        { on: { submit: (event) => void run(event) } },
        element('label', {}, 'Address of the page', page),
        element('label', {}, hint, policy),
        element('button', { attributes: { type: 'submit' } }, 'Test'),
      ),
      element('h2', {}, 'Results'),
      results,
    ),
  );
  void run();
}

start();
