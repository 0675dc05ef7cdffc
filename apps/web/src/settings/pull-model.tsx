import { Download } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { formatBytes } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { ProgressBar } from '../ui/states.tsx';

interface Progress {
  status: string;
  completed: number | null;
  total: number | null;
}

/** Downloads a model of Ollama and shows the progress. */
export function PullModel({ suggestion, onPulled }: { suggestion: string; onPulled(): unknown }) {
  const t = useT();
  const [name, setName] = useState(suggestion);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  function pull(event: FormEvent) {
    event.preventDefault();
    setError(null);
    setProgress({ status: t('Starting…'), completed: null, total: null });
    const { unsubscribe } = api.models.pull.subscribe(
      { id: `ollama:${name}` },
      {
        onData: setProgress,
        onError(cause) {
          setError(cause);
          setProgress(null);
        },
        onComplete() {
          setProgress(null);
          onPulled();
        },
      },
    );
    stop.current = unsubscribe;
  }
  const share = progress?.total ? (progress.completed ?? 0) / progress.total : 0;
  return (
    <form onSubmit={pull} className="flex flex-col gap-2">
      <TextField
        label={t('Download a model with Ollama')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        placeholder="llama3.2"
        dir="ltr"
        required
        disabled={progress !== null}
      />
      {progress ? (
        <div role="status" className="flex flex-col gap-1 text-sm text-muted">
          <ProgressBar value={share} label={t('Download of {name}', { name })} />
          <span>
            {progress.status}
            {progress.total ? ` · ${formatBytes(progress.completed ?? 0)} / ${formatBytes(progress.total)}` : ''}
          </span>
        </div>
      ) : (
        <Button type="submit" size="small" className="self-start">
          <Download className="size-4" aria-hidden />
          {t('Download')}
        </Button>
      )}
      {error !== null && <ProblemNote error={error} />}
    </form>
  );
}
