import type { LeadForm, Widget, WidgetLanguage, WidgetPosition } from '@lorebox/contract/widget';
import { useT } from '../i18n/use-t.ts';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { Section } from '../ui/page.tsx';
import type { WidgetChange } from './widget-change.ts';

export interface WidgetLookProps {
  value: Widget;
  onChange(change: WidgetChange): void;
  suggestions: string;
  onSuggestions(text: string): void;
}

/** Names of the languages in themselves, so that everyone finds their own. */
const LANGUAGES: readonly [WidgetLanguage, string][] = [
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
  ['zh', '中文'],
  ['ar', 'العربية'],
];

/** What visitors see. */
export function WidgetLook({ value, onChange, suggestions, onSuggestions }: WidgetLookProps) {
  const t = useT();
  return (
    <Section title={t('Look')}>
      <TextField
        label={t('Title')}
        hint={t('Empty: a title in the language of the page.')}
        dir="auto"
        maxLength={100}
        value={value.title}
        onChange={({ target }) => onChange({ title: target.value })}
      />
      <TextArea
        label={t('Greeting')}
        dir="auto"
        rows={2}
        maxLength={1000}
        value={value.greeting}
        onChange={({ target }) => onChange({ greeting: target.value })}
      />
      <TextArea
        label={t('Suggested questions')}
        hint={t('One per line, at most 6.')}
        dir="auto"
        rows={3}
        value={suggestions}
        onChange={({ target }) => onSuggestions(target.value)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('Accent color')}
          type="color"
          value={value.accentColor}
          onChange={({ target }) => onChange({ accentColor: target.value })}
        />
        <SelectField
          label={t('Corner of the page')}
          value={value.position}
          onChange={({ target }) => onChange({ position: target.value as WidgetPosition })}
          options={[
            ['right', t('Bottom right')],
            ['left', t('Bottom left')],
          ]}
        />
        <SelectField
          label={t('Language')}
          value={value.language ?? ''}
          onChange={({ target }) => onChange({ language: (target.value || null) as WidgetLanguage | null })}
          options={[['', t('That of the page')], ...LANGUAGES]}
        />
        <SelectField
          label={t('Ask for an email address')}
          value={value.leadForm}
          onChange={({ target }) => onChange({ leadForm: target.value as LeadForm })}
          options={[
            ['off', t('No')],
            ['optional', t('Visitors may leave it')],
            ['required', t('Before the first question')],
          ]}
        />
      </div>
      <TextField
        label={t('Link to a person')}
        hint={t('An https, mailto or tel address. Empty: no link.')}
        dir="ltr"
        maxLength={2000}
        value={value.handoverUrl ?? ''}
        onChange={({ target }) => onChange({ handoverUrl: target.value || null })}
      />
    </Section>
  );
}
