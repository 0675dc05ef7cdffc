import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';

export interface DialogProps {
  isOpen: boolean;
  onClose(): void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons at the bottom. */
  actions?: ReactNode;
  size?: 'normal' | 'wide';
}

export function Dialog({ isOpen, onClose, title, description, children, actions, size = 'normal' }: DialogProps) {
  const t = useT();
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Base.Viewport className="fixed inset-0 z-40 flex items-end justify-center overflow-y-auto sm:items-center sm:p-6">
          <Base.Popup
            className={cx(
              'flex max-h-[92dvh] w-full flex-col rounded-t-2xl border bg-raised shadow-xl sm:rounded-2xl',
              size === 'wide' ? 'sm:max-w-3xl' : 'sm:max-w-lg',
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-5 pb-2">
              <div className="grow">
                <Base.Title className="text-lg font-semibold">{title}</Base.Title>
                {description && <Base.Description className="mt-1 text-sm text-muted">{description}</Base.Description>}
              </div>
              <Base.Close
                aria-label={t('Close')}
                className="inline-flex size-8 items-center justify-center rounded-lg text-muted hover:bg-surface"
              >
                <X className="size-4.5" />
              </Base.Close>
            </header>
            <div className="grow overflow-y-auto px-5 py-2">{children}</div>
            {actions && <footer className="flex flex-wrap justify-end gap-2 px-5 pt-2 pb-5">{actions}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
