import type { Settings } from '@lorebox/contract/settings';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { type Inputs, query } from '../api/queries.ts';
import { t } from '../i18n/use-t.ts';
import { notify } from '../ui/toast.tsx';

export type SettingsChange = Inputs['settings']['update'];

export interface SettingsForm {
  /** The settings with the changes that are not saved yet. Undefined while they load. */
  value: Settings | undefined;
  loadError: unknown;
  saveError: unknown;
  isBusy: boolean;
  isChanged: boolean;
  set(change: SettingsChange): void;
  save(event: FormEvent): Promise<void>;
  /** Back to the value from the environment, at once. */
  reset(name: keyof Settings): Promise<void>;
}

/** The settings of the installation in a form. Only what was changed is sent. */
export function useSettingsForm(): SettingsForm {
  const queryClient = useQueryClient();
  const settings = useQuery(query('settings.get', api.settings.get, undefined));
  const [change, setChange] = useState<SettingsChange>({});
  const [isBusy, setBusy] = useState(false);
  const [saveError, setSaveError] = useState<unknown>(null);
  async function send(sent: SettingsChange) {
    setBusy(true);
    setSaveError(null);
    try {
      const saved = await api.settings.update.mutate(sent);
      queryClient.setQueryData(['settings.get', undefined], saved);
      setChange((current) => Object.fromEntries(Object.entries(current).filter(([name]) => !(name in sent))));
      notify(t('Saved'));
      await Promise.all(
        ['app', 'models.list', 'system.health'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
      );
    } catch (error) {
      setSaveError(error);
    } finally {
      setBusy(false);
    }
  }
  return {
    value: settings.data && ({ ...settings.data, ...change } as Settings),
    loadError: settings.error,
    saveError,
    isBusy,
    isChanged: Object.keys(change).length > 0,
    set: (next) => setChange({ ...change, ...next }),
    async save(event) {
      event.preventDefault();
      await send(change);
    },
    reset: (name) => send({ [name]: null }),
  };
}
