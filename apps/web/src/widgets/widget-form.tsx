import type { Widget } from '@lorebox/contract/widget';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Section } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Switch } from '../ui/switch.tsx';
import { notify } from '../ui/toast.tsx';
import { toLines } from './to-lines.ts';
import type { WidgetChange } from './widget-change.ts';
import { WidgetLook } from './widget-look.tsx';
import { WidgetPreview } from './widget-preview.tsx';

/** Every setting of a widget, with a preview. Only what was changed is sent. */
export function WidgetForm({ widget, onSaved }: { widget: Widget; onSaved(): Promise<unknown> }) {
  const t = useT();
  const [change, setChange] = useState<WidgetChange>({});
  const [origins, setOrigins] = useState(widget.allowedOrigins.join('\n'));
  const [suggestions, setSuggestions] = useState(widget.suggestions.join('\n'));
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const value: Widget = { ...widget, ...(change as Partial<Widget>), suggestions: toLines(suggestions) };
  const set = (next: WidgetChange) => setChange({ ...change, ...next });
  const count = (text: string) => (text === '' ? null : Number(text));
  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const lists = { allowedOrigins: toLines(origins), suggestions: toLines(suggestions) };
      const { allowedOrigins } = await api.widgets.update.mutate({ widgetId: widget.id, ...change, ...lists });
      setOrigins(allowedOrigins.join('\n'));
      await onSaved();
      setChange({});
      notify(t('Saved'));
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form onSubmit={save}>
      <Section title={t('Access')}>
        <Switch label={t('Turned on')} isOn={value.enabled} onChange={(enabled) => set({ enabled })} />
        <TextField
          label={t('Name')}
          value={value.name}
          maxLength={200}
          required
          onChange={({ target }) => set({ name: target.value })}
        />
        <TextArea
          label={t('Allowed websites')}
          hint={t('One origin per line, such as https://example.com or https://*.example.com. Empty: no website.')}
          dir="ltr"
          spellCheck={false}
          value={origins}
          onChange={({ target }) => setOrigins(target.value)}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('Questions per conversation')}
            hint={t('Empty: no limit.')}
            type="number"
            min={1}
            max={10_000}
            value={value.messagesPerSession ?? ''}
            onChange={({ target }) => set({ messagesPerSession: count(target.value) })}
          />
          <TextField
            label={t('Questions per day')}
            hint={t('Of all visitors together. Empty: no limit.')}
            type="number"
            min={1}
            max={1_000_000}
            value={value.messagesPerDay ?? ''}
            onChange={({ target }) => set({ messagesPerDay: count(target.value) })}
          />
        </div>
      </Section>
      <Section title={t('Answers')}>
        <SelectField
          label={t('Answer from')}
          value={value.mode}
          onChange={({ target }) => set({ mode: target.value as Widget['mode'] })}
          options={[
            ['query', t('Documents only')],
            ['chat', t('Documents first, then what the model knows')],
          ]}
        />
        <TextField
          label={t('Model')}
          hint={t('Empty: the model of the workspace.')}
          dir="ltr"
          maxLength={200}
          value={value.model ?? ''}
          onChange={({ target }) => set({ model: target.value || null })}
        />
        <Switch
          label={t('Pages may choose the model')}
          isOn={value.allowModelOverride}
          onChange={(allowModelOverride) => set({ allowModelOverride })}
        />
        <Switch
          label={t('Pages may set the temperature')}
          isOn={value.allowTemperatureOverride}
          onChange={(allowTemperatureOverride) => set({ allowTemperatureOverride })}
        />
        <Switch
          label={t('Pages may replace the instructions')}
          hint={t('Everyone who can edit a page can then tell the model what to do.')}
          isOn={value.allowPromptOverride}
          onChange={(allowPromptOverride) => set({ allowPromptOverride })}
        />
      </Section>
      <WidgetLook value={value} onChange={set} suggestions={suggestions} onSuggestions={setSuggestions} />
      <Section title={t('Preview')}>
        <WidgetPreview widget={value} />
      </Section>
      {error !== null && <ProblemNote error={error} />}
      <Button type="submit" variant="primary" className="mb-8" isBusy={isBusy}>
        {t('Save')}
      </Button>
    </form>
  );
}
