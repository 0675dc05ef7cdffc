import { Popover } from '@base-ui/react/popover';
import { TriangleAlert } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';

/** Stands behind a sentence that no passage supports, and says so. */
export function UnsupportedFlag() {
  const t = useT();
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        aria-label={t('Not supported by the sources')}
        className="mx-0.5 inline-flex cursor-pointer rounded bg-warning-soft p-0.5 align-middle text-warning"
      >
        <TriangleAlert className="size-3.5" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="z-50">
          <Popover.Popup className="max-w-xs rounded-xl border bg-raised p-3 text-sm shadow-lg">
            {t('None of the passages that the model received says this. Check it before you rely on it.')}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
