import type { Settings } from '@lorebox/contract/settings';
import { RotateCcw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import type { SettingsChange, SettingsForm } from './use-settings-form.ts';

type KeysOf<Value> = {
  [Key in keyof Settings]: Settings[Key] extends Value ? Key : never;
}[keyof Settings];

interface SettingProps<Name extends keyof Settings> {
  form: SettingsForm;
  name: Name;
  label: string;
  hint?: ReactNode;
}

/** A setting with a button that resets it to the value from the environment. */
function Resettable({ form, name, label, children }: SettingProps<keyof Settings> & { children: ReactNode }) {
  const t = useT();
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 grow">{children}</div>
      <IconButton
        label={t('Reset “{name}”', { name: label })}
        className="mt-7.5"
        disabled={form.isBusy}
        onClick={() => form.reset(name)}
      >
        <RotateCcw />
      </IconButton>
    </div>
  );
}

type NumberProps = SettingProps<KeysOf<number>> & { min?: number; max?: number };

export function NumberSetting({ min = 0, max, ...props }: NumberProps) {
  const { form, name, label, hint } = props;
  return (
    <Resettable {...props}>
      <TextField
        label={label}
        hint={hint}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        required
        value={Number.isNaN(form.value?.[name]) ? '' : form.value?.[name]}
        onChange={({ target }) => form.set({ [name]: target.valueAsNumber })}
      />
    </Resettable>
  );
}

export function TextSetting(props: SettingProps<KeysOf<string | null>> & { placeholder?: string; maxLength?: number }) {
  const { form, name, label, hint, placeholder, maxLength } = props;
  return (
    <Resettable {...props}>
      <TextField
        label={label}
        hint={hint}
        placeholder={placeholder}
        maxLength={maxLength}
        value={form.value?.[name] ?? ''}
        onChange={({ target }) => form.set({ [name]: target.value === '' ? null : target.value })}
      />
    </Resettable>
  );
}

export function LongTextSetting(props: SettingProps<KeysOf<string>> & { maxLength: number }) {
  const { form, name, label, hint, maxLength } = props;
  return (
    <Resettable {...props}>
      <TextArea
        label={label}
        hint={hint}
        maxLength={maxLength}
        value={form.value?.[name] ?? ''}
        onChange={({ target }) => form.set({ [name]: target.value })}
      />
    </Resettable>
  );
}

type SelectProps = SettingProps<KeysOf<string | null>> & { options: readonly (readonly [string, string])[] };

export function SelectSetting(props: SelectProps) {
  const { form, name, label, hint, options } = props;
  const value = form.value?.[name] ?? '';
  const isKnown = options.some(([option]) => option === value);
  return (
    <Resettable {...props}>
      <SelectField
        label={label}
        hint={hint}
        value={value}
        options={isKnown ? options : [...options, [value, value]]}
        onChange={({ target }) => form.set({ [name]: target.value || null } as SettingsChange)}
      />
    </Resettable>
  );
}

/** One value per line. */
export function ListSetting(props: SettingProps<KeysOf<string[]>>) {
  const { form, name, label, hint } = props;
  const values = form.value?.[name] ?? [];
  const [text, setText] = useState<string | null>(null);
  const lines = (value: string) => value.split('\n').filter((line) => line.trim() !== '');
  // The text that is being typed is kept, because empty lines are no values.
  const shown = text !== null && lines(text).join('\n') === values.join('\n') ? text : values.join('\n');
  return (
    <Resettable {...props}>
      <TextArea
        label={label}
        hint={hint}
        dir="ltr"
        rows={3}
        value={shown}
        onChange={({ target }) => {
          setText(target.value);
          form.set({ [name]: lines(target.value) });
        }}
      />
    </Resettable>
  );
}

/** The form around settings, with its errors and the button that saves them. */
export function SettingsFormBody({ form, children }: { form: SettingsForm; children: ReactNode }) {
  const t = useT();
  if (form.loadError) return <ProblemNote error={form.loadError} />;
  if (!form.value) return <Loading />;
  return (
    <form onSubmit={form.save}>
      {children}
      {form.saveError !== null && <ProblemNote error={form.saveError} />}
      <Button variant="primary" type="submit" isBusy={form.isBusy} disabled={!form.isChanged}>
        {t('Save')}
      </Button>
    </form>
  );
}
