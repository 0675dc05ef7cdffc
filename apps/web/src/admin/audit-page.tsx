import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from '@lorebox/contract/audit';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { type Inputs, pages, query } from '../api/queries.ts';
import { formatDateTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { saveFile } from '../lib/save-file.ts';
import { useWorkspaces } from '../shell/workspace-switcher.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { AdminPage } from './admin-page.tsx';
import { PagedList } from './paged-list.tsx';

const ACTIONS = Object.keys(AUDIT_ACTIONS) as AuditAction[];
const DAY_MS = 86_400_000;

/** Start of a day of a date field, in the time zone of the browser. */
const startOf = (day: string) => (day === '' ? undefined : new Date(`${day}T00:00`));

/** Who did what: sign-ins, changes of users, keys and settings, and refused requests. */
export function AuditPage() {
  const t = useT();
  const [action, setAction] = useState<AuditAction | ''>('');
  const [actor, setActor] = useState('');
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const [isExporting, setExporting] = useState(false);
  const users = useQuery({ ...query('users.list', api.users.list, { limit: 200 }), staleTime: 60_000 });
  const keys = useQuery({ ...query('apiKeys.list', api.apiKeys.list, { limit: 200 }), staleTime: 60_000 });
  const { workspaces } = useWorkspaces();
  const actors = [
    ...(users.data?.items ?? []).map(({ id, username }) => [`user:${id}`, username] as const),
    ...(keys.data?.items ?? []).map(({ id, name }) => [`key:${id}`, name] as const),
  ];
  const names = new Map<string, string>([
    ...actors,
    ...workspaces.map(({ id, name }) => [`workspace:${id}`, name] as const),
  ]);
  const lastDay = startOf(until);
  const filter: Inputs['audit']['export'] = {
    action: action || undefined,
    actor: actor || undefined,
    since: startOf(since),
    until: lastDay && new Date(lastDay.getTime() + DAY_MS),
  };
  const list = useInfiniteQuery(pages('audit.list', api.audit.list, { ...filter, limit: 50 }));
  async function exportAll() {
    setExporting(true);
    try {
      const parts: string[] = [];
      let after: string | undefined;
      for (;;) {
        const { filename, text, lastId, isComplete } = await api.audit.export.query({ ...filter, after });
        parts.push(text);
        if (isComplete || lastId === null) {
          saveFile(filename, 'application/x-ndjson', parts);
          return;
        }
        after = lastId;
      }
    } catch (error) {
      notifyProblem(error);
    } finally {
      setExporting(false);
    }
  }
  return (
    <AdminPage
      title={t('Audit log')}
      actions={
        <Button isBusy={isExporting} onClick={exportAll}>
          <Download className="size-4" aria-hidden />
          {t('Export')}
        </Button>
      }
    >
      <div className="mb-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label={t('Action')}
          value={action}
          options={[['', t('All actions')], ...ACTIONS.map((name) => [name, name] as const)]}
          onChange={({ target }) => setAction(target.value as AuditAction | '')}
        />
        <SelectField
          label={t('By')}
          value={actor}
          options={[['', t('Everyone')], ...actors]}
          onChange={({ target }) => setActor(target.value)}
        />
        <TextField
          label={t('From')}
          type="date"
          value={since}
          max={until || undefined}
          onChange={({ target }) => setSince(target.value)}
        />
        <TextField
          label={t('To')}
          type="date"
          value={until}
          min={since || undefined}
          onChange={({ target }) => setUntil(target.value)}
        />
      </div>
      <PagedList list={list} empty={t('No entries')}>
        {(entry) => <AuditRow key={entry.id} entry={entry} nameOf={(id) => names.get(id) ?? id} />}
      </PagedList>
    </AdminPage>
  );
}

function AuditRow({ entry, nameOf }: { entry: AuditEntry; nameOf(id: string): string }) {
  const t = useT();
  const { at, action, actor, target, address, requestId, details } = entry;
  const facts = Object.entries(details);
  return (
    <li className="rounded-lg border p-2.5 text-sm">
      <details>
        <summary className="cursor-pointer">
          <code dir="ltr" className="font-medium">
            {action}
          </code>{' '}
          <span className="text-muted">
            {formatDateTime(at)} · {nameOf(actor)}
            {target && ` → ${nameOf(target)}`}
          </span>
        </summary>
        <dl dir="ltr" className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-start">
          <dt className="text-muted">{t('Address')}</dt>
          <dd className="break-all">{address ?? '–'}</dd>
          <dt className="text-muted">{t('Request id')}</dt>
          <dd className="break-all">{requestId ?? '–'}</dd>
          {facts.map(([name, value]) => (
            <Fact key={name} name={name} value={String(value)} />
          ))}
        </dl>
      </details>
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="break-all">{value}</dd>
    </>
  );
}
