import type { Role } from '@lorebox/contract/user';
import {
  Activity,
  Bot,
  Boxes,
  ChartLine,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  MailPlus,
  Palette,
  ScrollText,
  SlidersHorizontal,
  Users,
  Webhook,
} from 'lucide-react';
import type { Translate } from '../i18n/use-t.ts';

export interface AdminSection {
  to: string;
  label: string;
  icon: LucideIcon;
  isAdminOnly?: boolean;
}

/** Pages of the administration that a role can use. */
export function adminSections(t: Translate, role: Role): AdminSection[] {
  const sections: AdminSection[] = [
    { to: '/admin', label: t('Overview'), icon: LayoutDashboard },
    { to: '/admin/users', label: t('Users'), icon: Users },
    { to: '/admin/invites', label: t('Invites'), icon: MailPlus },
    { to: '/admin/workspaces', label: t('Workspaces'), icon: Boxes },
    { to: '/admin/usage', label: t('Usage'), icon: ChartLine },
    { to: '/admin/models', label: t('Models'), icon: Bot, isAdminOnly: true },
    { to: '/admin/keys', label: t('API keys'), icon: KeyRound, isAdminOnly: true },
    { to: '/admin/webhooks', label: t('Webhooks'), icon: Webhook, isAdminOnly: true },
    { to: '/admin/events', label: t('Event log'), icon: Activity, isAdminOnly: true },
    { to: '/admin/audit', label: t('Audit log'), icon: ScrollText, isAdminOnly: true },
    { to: '/admin/branding', label: t('Branding'), icon: Palette, isAdminOnly: true },
    { to: '/admin/settings', label: t('Settings'), icon: SlidersHorizontal, isAdminOnly: true },
  ];
  return sections.filter(({ isAdminOnly }) => role === 'admin' || !isAdminOnly);
}
