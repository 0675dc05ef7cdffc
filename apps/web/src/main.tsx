import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { restoreQueries } from './api/stored-queries.ts';
import { App } from './app.tsx';
import { activateLanguage, initialLanguage } from './i18n/i18n.ts';

// Without a network, the first page needs what was read before.
await Promise.all([activateLanguage(initialLanguage()), restoreQueries(queryClient)]);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // Refused outside of https and localhost. The app works without it, except offline.
  navigator.serviceWorker
    .register('/sw.js')
    .then(({ active }) => active?.postMessage('update'))
    .catch(() => {});
}
