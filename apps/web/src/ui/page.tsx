import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { MenuButton } from '../shell/menu-button.tsx';

export interface PageProps {
  title: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  width?: 'text' | 'wide' | 'full';
  children: ReactNode;
}

/** A page beside the sidebar: its heading, actions and content. */
export function Page({ title, actions, width = 'wide', children }: PageProps) {
  usePageTitle(title);
  const limit = width === 'text' ? 'max-w-3xl' : width === 'wide' ? 'max-w-6xl' : '';
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 sm:px-6">
        <MenuButton />
        <h1 className="me-auto min-w-0 truncate text-lg font-semibold">{title}</h1>
        {actions}
      </header>
      <div className="min-h-0 grow overflow-y-auto">
        <div className={cx('mx-auto w-full p-4 sm:p-6', limit, width === 'full' && 'h-full')}>{children}</div>
      </div>
    </div>
  );
}

export function Section({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-8">
      <h2 className="font-semibold">{title}</h2>
      {hint && <p className="mt-1 text-sm text-muted">{hint}</p>}
      <div className="mt-3 flex flex-col gap-4">{children}</div>
    </section>
  );
}
