import type { User } from '@lorebox/contract/user';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';

const SessionContext = createContext<User | null>(null);

/** The signed-in user. Only for pages behind the sign-in. */
export function useSession(): User {
  const user = use(SessionContext);
  if (!user) throw new Error('useSession needs a signed-in user');
  return user;
}

export function SessionProvider({ user, children }: { user: User; children: ReactNode }) {
  return <SessionContext value={user}>{children}</SessionContext>;
}

export const meQuery = query('auth.me', api.auth.me, undefined);

const APP_INFO_STALE_MS = 300_000;

/** What everyone may know about the installation: its name, logo and colors. */
export function useAppInfo() {
  return useQuery({ ...query('app', api.app, undefined), staleTime: APP_INFO_STALE_MS }).data;
}
