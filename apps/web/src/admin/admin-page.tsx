import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import { useSession } from '../shell/session.tsx';
import { Page } from '../ui/page.tsx';
import { adminSections } from './sections.ts';

export interface AdminPageProps {
  title: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the administration, with the list of the others beside it, or above it on phones. */
export function AdminPage({ title, actions, children }: AdminPageProps) {
  return (
    <Page title={title} actions={actions} width="full">
      <div className="mx-auto flex max-w-6xl flex-col gap-4 md:flex-row md:gap-8">
        <AdminNav />
        <div className="min-w-0 grow pb-10">{children}</div>
      </div>
    </Page>
  );
}

function AdminNav() {
  const t = useT();
  const { role } = useSession();
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On phones, the list scrolls sideways.
    list.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <nav
      ref={list}
      aria-label={t('Administration')}
      className="flex shrink-0 gap-1 overflow-x-auto pb-2 md:sticky md:top-0 md:w-44 md:flex-col md:self-start md:overflow-visible"
    >
      {adminSections(t, role).map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true }}
          className="flex min-h-9 shrink-0 items-center gap-2.5 rounded-lg px-2.5 text-sm hover:bg-surface aria-[current=page]:bg-surface aria-[current=page]:font-medium"
        >
          <Icon className="size-4 text-muted" aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  );
}
