import { Clock } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { dropQuestion, type WaitingQuestion } from './outbox.ts';

/** Questions that wait for the network. */
export function WaitingMessages({ waiting }: { waiting: readonly WaitingQuestion[] }) {
  const t = useT();
  return waiting.map(({ id, question, problem }) => (
    <div
      key={id}
      className="ms-auto mb-4 flex max-w-[85%] flex-col gap-2 rounded-2xl border border-dashed bg-surface px-4 py-3"
    >
      <p dir="auto" className="whitespace-pre-wrap">
        {question.question}
      </p>
      <p className="flex items-center gap-2 text-sm text-muted" role="status">
        <Clock className="size-4 shrink-0" aria-hidden />
        <span className="grow">{problem ?? t('Waits for the network, then it is sent once.')}</span>
        <Button size="small" onClick={() => dropQuestion(id)}>
          {t('Discard')}
        </Button>
      </p>
    </div>
  ));
}
