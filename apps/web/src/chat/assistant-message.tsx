import type { Citation, Message, Source, UnsupportedSentence } from '@lorebox/contract/chat';
import { memo, useCallback, useMemo } from 'react';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Spinner } from '../ui/states.tsx';
import type { Place } from '../viewer/place.ts';
import { AnswerActions } from './answer-actions.tsx';
import type { AssistantMessageProps } from './assistant-message-props.ts';
import { CitationChip } from './citation-chip.tsx';
import { CitationList } from './citation-list.tsx';
import { type LiveAnswer, useLiveAnswer } from './live-answers.ts';
import { Markdown } from './markdown/markdown.tsx';
import { encodeMarkers } from './markdown/markers.ts';
import { Reasoning } from './reasoning.tsx';
import { UnsupportedFlag } from './unsupported-flag.tsx';
import { WaitingForAnswer } from './waiting-for-answer.tsx';

interface Shown {
  text: string;
  reasoning: string;
  citations: readonly (Citation | Source)[];
  unsupported: readonly UnsupportedSentence[];
}

function shownOf(message: Message, live: LiveAnswer | null): Shown {
  if (live && message.status === 'streaming') {
    const { text, reasoning, sources, end } = live;
    return { text, reasoning, citations: end?.citations ?? sources, unsupported: end?.unsupported ?? [] };
  }
  const { text, reasoning, citations, unsupported } = message;
  return { text, reasoning: reasoning ?? '', citations, unsupported };
}

export const AssistantMessage = memo(function AssistantMessage(props: AssistantMessageProps) {
  const { message, onOpenPlace } = props;
  const t = useT();
  const live = useLiveAnswer(message.status === 'streaming' ? message.answerId : null);
  const shown = shownOf(message, live);
  const isStreaming = message.status === 'streaming' && !live?.end && !live?.error;
  const error = live?.error ?? message.error;
  return (
    <article
      aria-label={t('Answer')}
      className={cx('group flex flex-col gap-3', !isStreaming && !props.isLast && 'offscreen-skip')}
    >
      {shown.reasoning !== '' && <Reasoning text={shown.reasoning} isActive={isStreaming && shown.text === ''} />}
      {isStreaming && shown.text === '' && <WaitingForAnswer live={live} />}
      <AnswerText {...shown} isPartial={isStreaming} onOpenPlace={onOpenPlace} />
      {isStreaming && shown.text !== '' && <Spinner className="text-muted" />}
      {error && <ProblemNote error={new Error(error.message)} />}
      {message.status === 'cancelled' && <p className="text-sm text-muted">{t('Stopped.')}</p>}
      {!isStreaming && (
        <>
          <CitationList citations={message.citations} onOpenPlace={onOpenPlace} />
          <AnswerActions {...props} />
        </>
      )}
    </article>
  );
});

interface AnswerTextProps extends Omit<Shown, 'reasoning'> {
  isPartial: boolean;
  onOpenPlace(documentId: string, place: Place): void;
}

const AnswerText = memo(
  function AnswerText({ text, citations, unsupported, isPartial, onOpenPlace }: AnswerTextProps) {
    const byNumber = useMemo(() => new Map(citations.map((citation) => [citation.n, citation])), [citations]);
    const encoded = useMemo(
      () => encodeMarkers(text, new Set(byNumber.keys()), unsupported),
      [text, byNumber, unsupported],
    );
    const renderCite = useCallback(
      (numbers: number[]) =>
        numbers.map((n) => {
          const citation = byNumber.get(n);
          return citation ? <CitationChip key={n} citation={citation} onOpenPlace={onOpenPlace} /> : null;
        }),
      [byNumber, onOpenPlace],
    );
    const renderFlag = useCallback(() => <UnsupportedFlag />, []);
    return <Markdown text={encoded} isPartial={isPartial} renderCite={renderCite} renderFlag={renderFlag} />;
  },
  (before, after) =>
    before.text === after.text &&
    before.citations === after.citations &&
    before.unsupported === after.unsupported &&
    before.isPartial === after.isPartial,
);
