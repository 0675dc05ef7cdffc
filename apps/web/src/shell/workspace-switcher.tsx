import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pages } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { NewWorkspaceDialog } from './new-workspace-dialog.tsx';

export function useWorkspaces() {
  const result = useInfiniteQuery({
    ...pages('workspaces.list', api.workspaces.list, { limit: 200 }),
    staleTime: 60_000,
  });
  return { ...result, workspaces: result.data?.pages.flatMap((page) => page.items) ?? [] };
}

export function WorkspaceSwitcher({ current }: { current: string | null }) {
  const t = useT();
  const navigate = useNavigate();
  const { workspaces } = useWorkspaces();
  const [isCreating, setCreating] = useState(false);
  const active = workspaces.find(({ id, slug }) => id === current || slug === current);
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            className="flex min-h-10 w-full items-center gap-2 rounded-lg border bg-raised px-3 text-start text-sm font-medium"
          >
            <span className="min-w-0 grow truncate">{active?.name ?? t('Choose a workspace')}</span>
            <ChevronsUpDown className="size-4 text-muted" aria-hidden />
          </button>
        }
      >
        {workspaces.map(({ id, slug, name }) => (
          <MenuItem
            key={id}
            icon={<Check className={id === active?.id ? '' : 'invisible'} aria-hidden />}
            onSelect={() => navigate({ to: '/w/$workspace', params: { workspace: slug } })}
          >
            <span className="max-w-56 truncate">{name}</span>
          </MenuItem>
        ))}
        {workspaces.length > 0 && <MenuSeparator />}
        <MenuItem icon={<Plus aria-hidden />} onSelect={() => setCreating(true)}>
          {t('New workspace')}
        </MenuItem>
      </Menu>
      <NewWorkspaceDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}
