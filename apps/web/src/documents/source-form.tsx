import type { ConfigValue, ConnectorInfo } from '@lorebox/contract/source';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';

interface FieldSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  anyOf?: FieldSchema[];
}

interface ConfigSchema {
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

/** Connects a source. The fields come from the schema of the connector. */
export function SourceForm({ workspace, onDone }: { workspace: string; onDone(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const {
    data,
    isPending,
    error: loadError,
  } = useQuery(query('sources.connectors', api.sources.connectors, undefined));
  const [connectorId, setConnectorId] = useState('website');
  const [name, setName] = useState('');
  const [everyMinutes, setEveryMinutes] = useState('1440');
  const [config, setConfig] = useState<Record<string, ConfigValue>>({});
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (isPending) return <Loading />;
  if (loadError) return <ProblemNote error={loadError} />;
  const { connectors } = data;
  const connector = connectors.find(({ id }) => id === connectorId) ?? connectors[0];
  if (!connector) return <p className="text-sm text-muted">{t('No connectors are allowed.')}</p>;
  async function connect(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.sources.create.mutate({
        workspace,
        connector: connector?.id ?? '',
        name: name || undefined,
        config,
        everyMinutes: everyMinutes === '' ? null : Number(everyMinutes),
      });
      await queryClient.invalidateQueries({ queryKey: ['sources.list'] });
      onDone();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form onSubmit={connect} className="flex flex-col gap-4">
      <SelectField
        label={t('Kind')}
        value={connector.id}
        hint={connector.description}
        options={connectors.map(({ id, label }) => [id, label] as const)}
        onChange={(event) => {
          setConnectorId(event.target.value);
          setConfig({});
        }}
      />
      <TextField
        label={t('Name')}
        value={name}
        placeholder={connector.label}
        onChange={(event) => setName(event.target.value)}
      />
      <ConfigFields connector={connector} config={config} onChange={setConfig} />
      <SelectField
        label={t('Read again')}
        value={everyMinutes}
        onChange={(event) => setEveryMinutes(event.target.value)}
        options={[
          ['60', t('Every hour')],
          ['1440', t('Every day')],
          ['10080', t('Every week')],
          ['', t('Only on request')],
        ]}
      />
      {error !== null && <ProblemNote error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{t('Cancel')}</Button>
        <Button variant="primary" type="submit" isBusy={isBusy}>
          {t('Connect')}
        </Button>
      </div>
    </form>
  );
}

interface ConfigFieldsProps {
  connector: ConnectorInfo;
  config: Record<string, ConfigValue>;
  onChange(config: Record<string, ConfigValue>): void;
}

function ConfigFields({ connector, config, onChange }: ConfigFieldsProps) {
  const { properties = {}, required = [] } = connector.configSchema as ConfigSchema;
  const set = (key: string, value: ConfigValue | undefined) => {
    const { [key]: _, ...rest } = config;
    onChange(value === undefined ? rest : { ...rest, [key]: value });
  };
  return Object.entries(properties).map(([key, schema]) => {
    const type = schema.type ?? schema.anyOf?.find(({ type }) => type !== 'null')?.type ?? 'string';
    const label = schema.title ?? key;
    const value = config[key];
    if (type === 'boolean') {
      return (
        <Switch
          key={key}
          label={label}
          hint={schema.description}
          isOn={Boolean(value ?? schema.default ?? false)}
          onChange={(isOn) => set(key, isOn)}
        />
      );
    }
    if (type === 'array') {
      return (
        <TextArea
          key={key}
          label={label}
          hint={schema.description}
          required={required.includes(key)}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={({ target }) => set(key, target.value === '' ? undefined : target.value.split('\n'))}
        />
      );
    }
    if (schema.enum) {
      return (
        <SelectField
          key={key}
          label={label}
          hint={schema.description}
          value={String(value ?? schema.default ?? schema.enum[0] ?? '')}
          options={schema.enum.map((option) => [option, option] as const)}
          onChange={({ target }) => set(key, target.value)}
        />
      );
    }
    const isNumber = type === 'number' || type === 'integer';
    return (
      <TextField
        key={key}
        label={label}
        hint={schema.description}
        dir="ltr"
        type={connector.secrets.includes(key) ? 'password' : isNumber ? 'number' : 'text'}
        autoComplete="off"
        required={required.includes(key)}
        placeholder={schema.default === undefined ? undefined : String(schema.default)}
        value={value === undefined ? '' : String(value)}
        onChange={({ target }) =>
          set(key, target.value === '' ? undefined : isNumber ? Number(target.value) : target.value)
        }
      />
    );
  });
}
