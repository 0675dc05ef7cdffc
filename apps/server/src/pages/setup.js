const byId = (id) => document.getElementById(id);
const DEFAULT_ADDRESSES = ['http://127.0.0.1:3001', 'http://localhost:3001'];
let isSetUp = false;

async function call(procedure, input) {
  const response = await fetch(`/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  }).catch(() => {
    throw new Error("Can't reach the server. Check that it is running.");
  });
  const body = await response.json();
  if (!response.ok)
    throw new Error(body.error?.json?.message ?? body.error?.message ?? 'Internal error. Check the server log.');
  return body.result.data.json;
}

function show(key) {
  const isDefault = DEFAULT_ADDRESSES.includes(location.origin);
  byId('key').textContent = key;
  byId('commands').textContent = [
    ...(isDefault ? [] : [`export LOREBOX_URL=${location.origin}`]),
    `export LOREBOX_API_KEY=${key}`,
    'npm run -s lorebox -- workspace create demo',
    'npm run -s lorebox -- upload demo docs --wait',
    'npm run -s lorebox -- ask demo "Why does a thread of its own do all writes?"',
  ].join('\n');
  byId('form-part').hidden = true;
  byId('done-part').hidden = false;
  byId('done').focus();
}

byId('setup').addEventListener('submit', async (event) => {
  event.preventDefault();
  byId('problem').textContent = '';
  byId('create').disabled = true;
  try {
    const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
    const account = { username: byId('username').value, password: byId('password').value };
    // The link works once: a second try after a lost answer only needs the key.
    if (!isSetUp) await call('auth.setup', { token, ...account });
    isSetUp = true;
    const { key } = await call('apiKeys.create', { name: 'first key', scopes: ['*'] });
    show(key);
    history.replaceState(null, '', '/setup');
  } catch (error) {
    byId('problem').textContent = error.message;
  } finally {
    byId('create').disabled = false;
  }
});

byId('copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(byId('key').textContent);
    byId('copy').textContent = 'Copied';
  } catch {
    // Browsers give the clipboard to https and localhost alone.
    getSelection().selectAllChildren(byId('key'));
  }
});
