import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatDateTime } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { inputClass, SelectField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { notifyProblem } from '../ui/toast.tsx';
import { useCopy } from '../ui/use-copy.ts';

const DAY_MS = 86_400_000;

/** Read-only links to a chat for people without an account. */
export default function ShareDialog({ threadId, onClose }: { threadId: string; onClose(): void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const { isCopied, copy } = useCopy();
  const [days, setDays] = useState('7');
  const [link, setLink] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const shares = useQuery(query('shares.list', api.shares.list, { threadId, limit: 50 }));
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['shares.list'] });
  async function create() {
    setBusy(true);
    setError(null);
    try {
      const expiresAt = days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS);
      const { url } = await api.shares.create.mutate({ threadId, expiresAt });
      setLink(new URL(url, location.origin).href);
      await refresh();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  async function revoke(shareId: string) {
    try {
      await api.shares.revoke.mutate({ shareId });
      setLink(null);
      await refresh();
    } catch (cause) {
      notifyProblem(cause);
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('Share this chat')}
      description={t(
        'Anyone with the link can read the chat and the cited passages, without an account. They can’t open the documents.',
      )}
    >
      <div className="flex flex-col gap-4 pb-4">
        <div className="flex items-end gap-2">
          <SelectField
            label={t('The link works for')}
            className="grow"
            value={days}
            onChange={({ target }) => setDays(target.value)}
            options={[
              ['1', t('One day')],
              ['7', t('One week')],
              ['30', t('30 days')],
              ['', t('Until you revoke it')],
            ]}
          />
          <Button variant="primary" isBusy={isBusy} onClick={create}>
            {t('Create a link')}
          </Button>
        </div>
        {link && (
          <div className="flex gap-2">
            <input
              readOnly
              dir="ltr"
              value={link}
              aria-label={t('Link')}
              className={inputClass}
              onFocus={(event) => event.target.select()}
            />
            <Button onClick={() => copy(link)}>
              {isCopied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
              {isCopied ? t('Copied') : t('Copy')}
            </Button>
          </div>
        )}
        {error !== null && <ProblemNote error={error} />}
        {shares.data && shares.data.items.length > 0 && (
          <ul className="flex flex-col gap-2" aria-label={t('Links to this chat')}>
            {shares.data.items.map(({ id, createdAt, expiresAt, views }) => (
              <li key={id} className="flex items-center gap-3 rounded-lg border p-2 text-sm">
                <span className="grow">
                  {t('Created {time}', { time: formatDateTime(createdAt) })}
                  <span className="block text-muted">
                    {expiresAt
                      ? t('Works until {time}', { time: formatDateTime(expiresAt) })
                      : t('Works until you revoke it')}
                    {' · '}
                    {t('{count, plural, one {# view} other {# views}}', { count: views })}
                  </span>
                </span>
                <Button size="small" variant="danger" onClick={() => revoke(id)}>
                  {t('Revoke')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
