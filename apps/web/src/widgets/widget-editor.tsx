import { Tabs } from '@base-ui/react/tabs';
import type { Widget } from '@lorebox/contract/widget';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Section } from '../ui/page.tsx';
import { ScriptTag } from './script-tag.tsx';
import { WidgetConversations } from './widget-conversations.tsx';
import { WidgetForm } from './widget-form.tsx';

const tabClass =
  'min-h-10 border-b-2 border-transparent px-2.5 text-sm text-muted data-active:border-accent data-active:text-ink';

export interface WidgetEditorProps {
  widget: Widget;
  onChanged(): Promise<unknown>;
  onClose(): void;
}

/** One widget: its settings with a preview, how to add it to a website, and what visitors asked. */
export function WidgetEditor({ widget, onChanged, onClose }: WidgetEditorProps) {
  const t = useT();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Button size="small" onClick={onClose}>
          <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden />
          {t('All widgets')}
        </Button>
        <h2 className="min-w-0 font-semibold break-words">{widget.name}</h2>
      </div>
      <Tabs.Root defaultValue="settings">
        <Tabs.List className="mb-6 flex gap-1 border-b" aria-label={widget.name}>
          <Tabs.Tab value="settings" className={tabClass}>
            {t('Settings')}
          </Tabs.Tab>
          <Tabs.Tab value="website" className={tabClass}>
            {t('Add to a website')}
          </Tabs.Tab>
          <Tabs.Tab value="conversations" className={tabClass}>
            {t('Conversations')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings">
          <WidgetForm widget={widget} onSaved={onChanged} />
          <Section title={t('Delete this widget')}>
            <Button variant="danger" className="self-start" onClick={() => setDeleting(true)}>
              {t('Delete widget')}
            </Button>
          </Section>
        </Tabs.Panel>
        <Tabs.Panel value="website">
          <ScriptTag widget={widget} />
        </Tabs.Panel>
        <Tabs.Panel value="conversations">
          <WidgetConversations widgetId={widget.id} />
        </Tabs.Panel>
      </Tabs.Root>
      <Confirm
        isOpen={isDeleting}
        onClose={() => setDeleting(false)}
        title={t('Delete “{name}”?', { name: widget.name })}
        action={t('Delete')}
        onConfirm={async () => {
          await api.widgets.delete.mutate({ widgetId: widget.id });
          await onChanged();
          onClose();
        }}
      >
        {t('It disappears from websites, and its conversations are deleted. This can’t be undone.')}
      </Confirm>
    </>
  );
}
