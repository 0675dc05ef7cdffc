import { Outlet, useLocation, useMatch, useRouteContext } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { flushOutbox } from '../chat/outbox.ts';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';
import { lastWorkspace } from './last-workspace.ts';
import { OfflineNote } from './offline-note.tsx';
import { OverlayProviders } from './overlay-providers.tsx';
import { SessionProvider } from './session.tsx';
import { Sidebar } from './sidebar.tsx';
import { setSidebarOpen, useSidebarOpen } from './sidebar-state.ts';
import { useWorkspaces } from './workspace-switcher.tsx';

const CommandPalette = lazy(() => import('./command-palette.tsx'));

/** The sidebar with the page beside it. On phones, the sidebar covers the page when it is open. */
export function AppShell() {
  const t = useT();
  const { user } = useRouteContext({ from: '/app' });
  const isOpen = useSidebarOpen();
  const { pathname } = useLocation();
  const open = useMatch({ from: '/app/w/$workspace', shouldThrow: false })?.params.workspace;
  const { workspaces } = useWorkspaces();
  // Pages outside of a workspace keep the sidebar of the last one.
  const workspace = open ?? workspaces.find(({ slug }) => slug === lastWorkspace.get())?.slug ?? null;
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useEffect(() => {
    if (pathname) setSidebarOpen(false);
  }, [pathname]);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        setPaletteOpen((open) => !open);
      } else if (event.key === 'Escape') setSidebarOpen(false);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    void flushOutbox();
    window.addEventListener('online', flushOutbox);
    return () => window.removeEventListener('online', flushOutbox);
  }, []);
  return (
    <OverlayProviders>
      <SessionProvider user={user}>
        <a
          href="#main"
          className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-accent-ink focus:not-sr-only focus:absolute focus:start-2 focus:top-2"
        >
          {t('Skip to content')}
        </a>
        <div className="flex h-dvh">
          {isOpen && (
            <button
              type="button"
              aria-label={t('Close menu')}
              className="fixed inset-0 z-20 bg-black/40 lg:hidden"
              onClick={() => setSidebarOpen(false)}
            />
          )}
          <div
            className={cx(
              'fixed inset-y-0 start-0 z-30 w-72 border-e bg-surface lg:static lg:z-auto lg:block',
              isOpen ? 'block' : 'hidden',
            )}
          >
            <Sidebar workspace={workspace} onSearch={() => setPaletteOpen(true)} />
          </div>
          <div className="flex min-w-0 grow flex-col">
            <OfflineNote />
            <main id="main" tabIndex={-1} className="min-h-0 grow outline-none">
              <Outlet />
            </main>
          </div>
        </div>
        {isPaletteOpen && (
          <Suspense>
            <CommandPalette workspace={workspace} onClose={() => setPaletteOpen(false)} />
          </Suspense>
        )}
      </SessionProvider>
    </OverlayProviders>
  );
}
