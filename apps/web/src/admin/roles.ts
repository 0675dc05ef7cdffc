import type { Role } from '@lorebox/contract/user';
import type { Translate } from '../i18n/use-t.ts';

export const roleNames = (t: Translate): Record<Role, string> => ({
  member: t('Member'),
  manager: t('Manager'),
  admin: t('Admin'),
});

/** Roles with what they may do, for selects. */
export const roleOptions = (t: Translate): readonly (readonly [Role, string])[] => [
  ['member', t('Member: the workspaces they belong to')],
  ['manager', t('Manager: all workspaces and their members')],
  ['admin', t('Admin: everything')],
];
