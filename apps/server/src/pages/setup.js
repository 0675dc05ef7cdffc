const byId = (id) => document.getElementById(id);
async function call(procedure, input) {
  const response = await fetch(`/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error?.json?.message ?? body.error?.message ?? 'Something went wrong.');
  return body.result.data.json;
}
byId('setup').addEventListener('submit', async (event) => {
  event.preventDefault();
  byId('problem').textContent = '';
  try {
    const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
    await call('auth.setup', { token, username: byId('username').value, password: byId('password').value });
    const { key } = await call('apiKeys.create', { name: 'first key', scopes: ['*'] });
    byId('commands').textContent = [
      `export LOREBOX_API_KEY=${key}`,
      'npm run -s lorebox -- workspace create demo',
      'npm run -s lorebox -- upload demo docs --wait',
      'npm run -s lorebox -- ask demo "Why does a thread of its own do all writes?"',
    ].join('\n');
    byId('form-part').hidden = true;
    byId('done-part').hidden = false;
    history.replaceState(null, '', '/setup');
  } catch (error) {
    byId('problem').textContent = error.message;
  }
});
