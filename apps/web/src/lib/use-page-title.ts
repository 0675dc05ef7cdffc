import { useEffect } from 'react';
import { useAppInfo } from '../shell/session.tsx';

export function usePageTitle(title: string): void {
  const name = useAppInfo()?.name ?? 'Lorebox';
  useEffect(() => {
    document.title = title === '' ? name : `${title} · ${name}`;
  }, [title, name]);
}
