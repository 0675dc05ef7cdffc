import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { BookOpen, ChevronsUpDown, LogOut, ShieldCheck, UserRound } from 'lucide-react';
import { api } from '../api/client.ts';
import { forgetStored } from '../api/stored-queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { useSession } from './session.tsx';

export function UserMenu() {
  const t = useT();
  const user = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  async function signOut() {
    try {
      await api.auth.logout.mutate({});
    } catch (error) {
      notifyProblem(error);
      return;
    }
    queryClient.clear();
    await forgetStored();
    // A full load closes the WebSocket, which was opened with the old session.
    location.assign('/login');
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex min-h-10 w-full items-center gap-2.5 rounded-lg px-2 text-start hover:bg-raised"
        >
          <span
            aria-hidden
            className="flex size-7 items-center justify-center rounded-full bg-accent text-sm font-semibold text-accent-ink uppercase"
          >
            {[...user.username][0]}
          </span>
          <span className="min-w-0 grow truncate text-sm">{user.username}</span>
          <ChevronsUpDown className="size-4 text-muted" aria-hidden />
        </button>
      }
    >
      <MenuItem icon={<UserRound aria-hidden />} onSelect={() => navigate({ to: '/settings' })}>
        {t('Your account')}
      </MenuItem>
      {user.role !== 'member' && (
        <MenuItem icon={<ShieldCheck aria-hidden />} onSelect={() => navigate({ href: '/admin' })}>
          {t('Administration')}
        </MenuItem>
      )}
      <MenuItem icon={<BookOpen aria-hidden />} onSelect={() => window.open('/docs', '_blank', 'noopener')}>
        {t('API reference')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={signOut}>
        {t('Sign out')}
      </MenuItem>
    </Menu>
  );
}
