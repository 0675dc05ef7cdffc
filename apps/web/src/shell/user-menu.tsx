import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AtSign, BookOpen, ChevronsUpDown, ExternalLink, LogOut, ShieldCheck, UserRound } from 'lucide-react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { forgetStored } from '../api/stored-queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { useAppInfo, useSession } from './session.tsx';

const MENTIONS_POLL_MS = 60_000;

export function UserMenu() {
  const t = useT();
  const user = useSession();
  const links = useAppInfo()?.footerLinks ?? [];
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data } = useQuery({
    ...query('comments.mentions', api.comments.mentions, { limit: 50 }),
    refetchInterval: MENTIONS_POLL_MS,
  });
  const mentions = data?.items.length ?? 0;
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
          {mentions > 0 && (
            <span className="rounded-full bg-accent px-1.5 text-xs font-semibold text-accent-ink">
              <span className="sr-only">{t('Mentions')} </span>
              {formatNumber(mentions)}
            </span>
          )}
          <ChevronsUpDown className="size-4 text-muted" aria-hidden />
        </button>
      }
    >
      <MenuItem icon={<UserRound aria-hidden />} onSelect={() => navigate({ to: '/settings' })}>
        {t('Your account')}
      </MenuItem>
      <MenuItem icon={<AtSign aria-hidden />} onSelect={() => navigate({ to: '/mentions' })}>
        {mentions === 0 ? t('Mentions') : t('Mentions ({count})', { count: mentions })}
      </MenuItem>
      {user.role !== 'member' && (
        <MenuItem icon={<ShieldCheck aria-hidden />} onSelect={() => navigate({ to: '/admin' })}>
          {t('Administration')}
        </MenuItem>
      )}
      <MenuItem icon={<BookOpen aria-hidden />} onSelect={() => window.open('/docs', '_blank', 'noopener')}>
        {t('API reference')}
      </MenuItem>
      {links.map(({ label, url }) => (
        <MenuItem
          key={`${label} ${url}`}
          icon={<ExternalLink aria-hidden />}
          onSelect={() => window.open(url, '_blank', 'noopener,noreferrer')}
        >
          <span className="max-w-56 truncate">{label}</span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={signOut}>
        {t('Sign out')}
      </MenuItem>
    </Menu>
  );
}
