import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useT } from '../i18n/use-t.ts';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

const useIsOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine);

export function OfflineNote() {
  const t = useT();
  if (useIsOnline()) return null;
  return (
    <p role="status" className="flex items-center gap-2 bg-warning-soft px-4 py-2 text-sm text-warning">
      <CloudOff className="size-4" aria-hidden />
      {t('You are offline. You can read earlier chats, and questions are sent when you are back.')}
    </p>
  );
}
