import { Link } from '@tanstack/react-router';
import { FileText, Search, Settings, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { ThreadList } from '../chat/thread-list.tsx';
import { useT } from '../i18n/use-t.ts';
import { Brand } from './brand.tsx';
import { useWorkspaceRole } from './use-workspace-role.ts';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

const itemClass =
  'flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm hover:bg-raised aria-[current=page]:bg-raised aria-[current=page]:font-medium [&_svg]:size-4 [&_svg]:text-muted';

export function Sidebar({ workspace, onSearch }: { workspace: string | null; onSearch(): void }) {
  const t = useT();
  return (
    <nav aria-label={t('Main')} className="flex h-full flex-col">
      <div className="flex h-14 items-center gap-2 px-4">
        <Link to="/" className="flex min-w-0 items-center gap-2 font-semibold">
          <Brand logoClass="size-6" />
        </Link>
      </div>
      <div className="flex min-h-0 grow flex-col gap-1 px-3">
        <WorkspaceSwitcher current={workspace} />
        <button type="button" onClick={onSearch} className={`${itemClass} text-start`}>
          <Search aria-hidden />
          <span className="grow">{t('Go to…')}</span>
          <kbd className="rounded border px-1.5 text-xs text-muted" dir="ltr">
            Ctrl K
          </kbd>
        </button>
        {workspace && <WorkspaceLinks workspace={workspace} />}
        {workspace ? <ThreadList workspace={workspace} /> : <div className="grow" />}
      </div>
      <div className="border-t p-3">
        <UserMenu />
      </div>
    </nav>
  );
}

function WorkspaceLinks({ workspace }: { workspace: string }) {
  const t = useT();
  const { canEdit } = useWorkspaceRole(workspace);
  const link = (to: string, icon: ReactNode, label: string, isExact = false) => (
    <Link to={to} params={{ workspace }} activeOptions={{ exact: isExact }} className={itemClass}>
      {icon}
      {label}
    </Link>
  );
  return (
    <>
      {link('/w/$workspace', <SquarePen aria-hidden />, t('New chat'), true)}
      {link('/w/$workspace/documents', <FileText aria-hidden />, t('Documents'))}
      {link('/search', <Search aria-hidden />, t('Search'))}
      {canEdit && link('/w/$workspace/settings', <Settings aria-hidden />, t('Workspace settings'))}
    </>
  );
}
