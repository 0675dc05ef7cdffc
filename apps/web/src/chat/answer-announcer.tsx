import type { Message } from '@lorebox/contract/chat';
import { useEffect, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { awaitedAnswers } from './awaited-answers.ts';

const MAX_ANNOUNCED_CHARACTERS = 2000;

/** Tells screen readers that an answer is being written, and reads it out once when it is complete. */
export function AnswerAnnouncer({ messages }: { messages: readonly Message[] }) {
  const t = useT();
  const [text, setText] = useState('');
  const last = messages.findLast(({ answerId }) => answerId !== null && awaitedAnswers.has(answerId));
  useEffect(() => {
    if (!last?.answerId) return;
    if (last.status === 'streaming') {
      setText(t('The answer is being written.'));
      return;
    }
    awaitedAnswers.delete(last.answerId);
    const spoken = (last.error?.message ?? last.text).replace(/[*_`#]/g, '').slice(0, MAX_ANNOUNCED_CHARACTERS);
    const count = new Set(last.citations.map(({ n }) => n)).size;
    setText(`${spoken} ${t('{count, plural, =0 {No sources.} one {One source.} other {# sources.}}', { count })}`);
  }, [last, t]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
