import type { FinishReason, Message, Source } from '@lorebox/contract/chat';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { type Outputs, query } from '../api/queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { type Translate, useT } from '../i18n/use-t.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Badge, Loading } from '../ui/states.tsx';
import { type Place, placeOf } from '../viewer/place.ts';
import { placeLabel } from './place-label.ts';

type Details = Outputs['chat']['details'];

export interface AnswerDetailsDialogProps {
  message: Message;
  onClose(): void;
  onOpenPlace(documentId: string, place: Place): void;
}

/** How an answer was made: the passages, what was left out and why, the window, tokens, times and the model. */
export default function AnswerDetailsDialog({ message, onClose, onOpenPlace }: AnswerDetailsDialogProps) {
  const t = useT();
  const { data, error, isPending, refetch } = useQuery(
    query('chat.details', api.chat.details, { messageId: message.id }),
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('How this answer was made')} size="wide">
      {isPending && <Loading />}
      {error && <ProblemNote error={error} onRetry={refetch} />}
      {data && (
        <div className="flex flex-col gap-6 pb-4">
          <Facts details={data} />
          <Notices details={data} />
          <Queries details={data} />
          <section>
            <h3 className="mb-2 font-semibold">
              {t('{count, plural, =0 {No passages} one {# passage} other {# passages}}', {
                count: data.sources.length,
              })}
            </h3>
            <ol className="flex flex-col gap-2">
              {data.sources.map((source) => (
                <SourceItem
                  key={source.n}
                  source={source}
                  isCited={message.citations.some(({ n }) => n === source.n)}
                  onOpen={() => {
                    onClose();
                    onOpenPlace(source.documentId, placeOf(source));
                  }}
                />
              ))}
            </ol>
          </section>
        </div>
      )}
    </Dialog>
  );
}

function Facts({ details }: { details: Details }) {
  const t = useT();
  const { context, usage, timings, model, mode, finishReason } = details;
  const seconds = (ms: number) => t('{seconds} s', { seconds: formatNumber(Math.round(ms / 10) / 100) });
  const facts: [string, ReactNode][] = [
    [t('Model'), <code key="model">{model}</code>],
    [t('Mode'), mode === 'query' ? t('Documents only') : t('Documents first')],
  ];
  if (finishReason) facts.push([t('Ended because'), finishText(finishReason, t)]);
  if (timings) {
    facts.push(
      [t('Searching took'), seconds(timings.retrieve)],
      [t('First word after'), timings.firstToken === null ? '–' : seconds(timings.firstToken)],
      [t('Whole answer after'), seconds(timings.total)],
    );
  }
  if (usage) {
    facts.push(
      [t('Tokens read'), formatNumber(usage.inputTokens)],
      [t('Tokens written'), formatNumber(usage.outputTokens)],
    );
  }
  if (context) {
    facts.push(
      [t('Context window'), t('{count} tokens', { count: formatNumber(context.window) })],
      [t('Prompt'), t('{count} tokens', { count: formatNumber(context.promptTokens) })],
      [t('Reserved for the answer'), t('{count} tokens', { count: formatNumber(context.reservedForAnswer) })],
      [t('Passages found'), formatNumber(context.sourcesRetrieved)],
      [t('Passages used'), formatNumber(context.sourcesUsed)],
      [t('Passages left out for lack of room'), formatNumber(context.sourcesCut)],
      [t('Earlier messages used'), `${formatNumber(context.historyUsed)} / ${formatNumber(context.historyMessages)}`],
    );
  }
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm sm:grid-cols-[auto_1fr_auto_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function finishText(reason: FinishReason, t: Translate): string {
  const texts: Record<FinishReason, string> = {
    stop: t('It was complete.'),
    length: t('It reached its maximum length.'),
    repetition: t('The model repeated itself.'),
    refused: t('The documents don’t answer the question.'),
    cancelled: t('It was stopped.'),
    other: t('The model gave no reason.'),
  };
  return texts[reason];
}

function Notices({ details: { notices } }: { details: Details }) {
  if (notices.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {notices.map(({ code, message }) => (
        <li key={`${code} ${message}`} className="rounded-lg bg-warning-soft p-3 text-sm text-warning">
          {message}
        </li>
      ))}
    </ul>
  );
}

function Queries({ details: { tableQueries } }: { details: Details }) {
  const t = useT();
  if (tableQueries.length === 0) return null;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('Calculated from tables')}</h3>
      {tableQueries.map(({ n, title, table, sql, rowsRead }) => (
        <div key={n} className="text-sm">
          <p>
            {title} · {table} · {t('{count, plural, one {# row} other {# rows}} read', { count: rowsRead })}
          </p>
          <pre dir="ltr" className="mt-1 overflow-x-auto rounded-lg bg-surface p-2 text-xs">
            {sql}
          </pre>
        </div>
      ))}
    </section>
  );
}

function SourceItem({ source, isCited, onOpen }: { source: Source; isCited: boolean; onOpen(): void }) {
  const t = useT();
  return (
    <li className="rounded-xl border p-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-semibold text-accent">{source.n}</span>
        <button type="button" onClick={onOpen} dir="auto" className="min-w-0 truncate font-medium hover:underline">
          {source.title}
        </button>
        <span className="text-muted">{placeLabel(source, t)}</span>
        <span className="ms-auto flex gap-2">
          {isCited ? <Badge tone="ok">{t('Cited')}</Badge> : <Badge>{t('Not cited')}</Badge>}
          <Badge>{t('Score {score}', { score: formatNumber(Math.round(source.score * 1000) / 1000) })}</Badge>
        </span>
      </div>
      <p dir="auto" className="mt-2 line-clamp-4 break-words whitespace-pre-line text-muted">
        {source.text}
      </p>
    </li>
  );
}
