import { useEffect, useState } from 'react';
import { formatDuration } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { Spinner } from '../ui/states.tsx';
import type { LiveAnswer } from './live-answers.ts';

const LONG_WAIT_MS = 3000;

/** What happens before the first word: searching, then reading. Says how long a slow model is expected to take. */
export function WaitingForAnswer({ live }: { live: LiveAnswer | null }) {
  const t = useT();
  const expectedAt = live?.expectedAt ?? null;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (expectedAt === null) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [expectedAt]);
  const left = expectedAt === null ? 0 : expectedAt - now;
  const sources = live?.sources.length ?? 0;
  const text =
    sources === 0
      ? t('Searching the documents…')
      : t('Reading {count, plural, one {# passage} other {# passages}}…', { count: sources });
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      <Spinner />
      {text}
      {left > LONG_WAIT_MS && ` ${t('about {time} left', { time: formatDuration(left / 1000) })}`}
    </p>
  );
}
