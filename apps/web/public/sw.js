// Keeps the app usable without a network: its files come from a cache, and a page that can't be loaded is the cached
// app. Answers of the API are not cached here; the app keeps what it has read in IndexedDB.
const CACHE = 'lorebox-app';
const isAsset = (url) => url.pathname.startsWith('/assets/') || /^\/(?:icon[\w-]*\.\w+|theme\.js)$/.test(url.pathname);

async function precache() {
  const cache = await caches.open(CACHE);
  const response = await fetch('/assets/files.json', { cache: 'no-store' });
  const files = response.ok ? await response.json() : [];
  const wanted = new Set(['/', '/theme.js', '/icon.svg', ...files].map((path) => new URL(path, location.origin).href));
  await cache.addAll(wanted);
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
}

async function fromCacheFirst(request) {
  const cached = await caches.match(request);
  if (cached) return cached;
  const response = await fetch(request);
  if (response.ok) (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

async function fromNetworkFirst(request) {
  try {
    const response = await fetch(request);
    return response;
  } catch {
    return (await caches.match('/')) ?? Response.error();
  }
}

self.addEventListener('install', (event) => event.waitUntil(precache().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (isAsset(url)) event.respondWith(fromCacheFirst(request));
  else if (request.mode === 'navigate' && isAppPage(url.pathname)) event.respondWith(fromNetworkFirst(request));
});

function isAppPage(path) {
  return path === '/' || /^\/(?:login|setup|invite|s|w|search|settings|mentions|admin)(?:\/|$)/.test(path);
}
