import type { Message } from '@lorebox/contract/chat';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/use-t.ts';

const MAX_ANNOUNCED_CHARACTERS = 2000;

/** Tells screen readers that an answer has started, and reads it out once when it is complete. */
export function AnswerAnnouncer({ messages, running }: { messages: readonly Message[]; running: string | null }) {
  const t = useT();
  const [text, setText] = useState('');
  const announced = useRef<string | null>(null);
  useEffect(() => {
    if (running !== null) {
      announced.current = running;
      setText(t('The answer is being written.'));
      return;
    }
    if (announced.current === null) return;
    const message = messages.find(({ answerId }) => answerId === announced.current);
    announced.current = null;
    if (!message) return;
    const spoken = (message.error?.message ?? message.text).replace(/[*_`#]/g, '').slice(0, MAX_ANNOUNCED_CHARACTERS);
    const sources = new Set(message.citations.map(({ n }) => n)).size;
    setText(
      `${spoken} ${t('{count, plural, =0 {No sources.} one {One source.} other {# sources.}}', { count: sources })}`,
    );
  }, [messages, running, t]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
