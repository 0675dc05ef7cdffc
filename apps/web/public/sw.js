// Keeps the app usable without a network: its files come from a cache, and a page that can't be loaded is the cached
// app. Answers of the API are not cached here; the app keeps what it has read in IndexedDB.
const CACHE = 'lorebox-app';
/** Files whose names don't change with their contents. */
const UNVERSIONED = ['/', '/theme.js', '/icon.svg'];

/** Adds what is missing of the current version and removes the files of earlier ones. */
async function update() {
  const response = await fetch('/assets/files.json', { cache: 'no-store' });
  if (!response.ok) return;
  const cache = await caches.open(CACHE);
  const files = await response.json();
  const cached = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll([...files.filter((path) => !cached.has(path)), ...UNVERSIONED]);
  const wanted = new Set([...files, ...UNVERSIONED]);
  for (const path of cached) if (!wanted.has(path)) await cache.delete(path);
}

async function fromCacheFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function fromNetworkFirst(request, fallback) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(fallback)) ?? Response.error();
  }
}

self.addEventListener('install', (event) => event.waitUntil(update().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
// The app asks at every start, because this file stays the same when the app changes.
self.addEventListener('message', (event) => {
  if (event.data === 'update') event.waitUntil(update().catch(() => {}));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/assets/') && url.pathname !== '/assets/files.json') {
    event.respondWith(fromCacheFirst(request));
  } else if (UNVERSIONED.includes(url.pathname) && url.pathname !== '/') {
    event.respondWith(fromNetworkFirst(request, request));
  } else if (request.mode === 'navigate' && isAppPage(url.pathname)) {
    event.respondWith(fromNetworkFirst(request, '/'));
  }
});

function isAppPage(path) {
  return path === '/' || /^\/(?:login|setup|invite|s|w|search|settings|mentions|admin)(?:\/|$)/.test(path);
}
