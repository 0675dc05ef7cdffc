import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import type { ReactNode } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { Toasts } from '../ui/toast.tsx';

/** What menus, dialogs and messages need. The pages before the sign-in load without them. */
export function OverlayProviders({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={i18n.locale === 'ar' ? 'rtl' : 'ltr'}>
        {children}
        <Toasts />
      </DirectionProvider>
    </CSPProvider>
  );
}
