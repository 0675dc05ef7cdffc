import { Menu } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { setSidebarOpen } from './sidebar-state.ts';

/** Opens the sidebar on phones. */
export function MenuButton() {
  const t = useT();
  return (
    <IconButton label={t('Open menu')} className="lg:hidden" onClick={() => setSidebarOpen(true)}>
      <Menu />
    </IconButton>
  );
}
