import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';

/** What the model thought before it answered, folded. */
export function Reasoning({ text, isActive }: { text: string; isActive: boolean }) {
  const t = useT();
  return (
    <Collapsible.Root>
      <Collapsible.Trigger className="group/trigger flex items-center gap-1.5 text-sm text-muted hover:text-ink">
        <ChevronRight
          className="size-4 transition-transform group-data-panel-open/trigger:rotate-90 rtl:-scale-x-100"
          aria-hidden
        />
        {isActive ? t('Thinking…') : t('Thoughts of the model')}
      </Collapsible.Trigger>
      <Collapsible.Panel>
        <p dir="auto" className="mt-2 border-s-2 ps-3 text-sm break-words whitespace-pre-wrap text-muted">
          {text}
        </p>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
