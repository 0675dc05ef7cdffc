import type { Document } from '@lorebox/contract/document';
import { useQuery } from '@tanstack/react-query';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import type { Place } from './place.ts';
import { type TextBlock, toBlocks } from './to-blocks.ts';

/** Text that is shown at once, in UTF-16 code units. Long documents are shown in parts. */
const PART_LENGTH = 60_000;
const CONTEXT_BEFORE = 10_000;

/** The text that was read from the document, with the cited range marked. Citations refer to this text. */
export function TextView({ document, place }: { document: Document; place: Place }) {
  const t = useT();
  const [from, setFrom] = useState(() => Math.max((place.start ?? 0) - CONTEXT_BEFORE, 0));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place starts a new part
  useEffect(() => setFrom(Math.max((place.start ?? 0) - CONTEXT_BEFORE, 0)), [document.id, place.start]);
  const { data, error, isPending, refetch } = useQuery({
    ...query('documents.text', api.documents.text, { documentId: document.id, start: from, end: from + PART_LENGTH }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const blocks = useMemo(() => (data ? toBlocks(data.text, data.start) : []), [data]);
  const mark = useRef<HTMLElement | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the text or the place changes
  useEffect(() => {
    mark.current = scroller.current?.querySelector('mark') ?? null;
    mark.current?.scrollIntoView({ block: 'center' });
  }, [blocks, place.start]);
  if (isPending) return <Loading />;
  if (error) return <ProblemNote error={error} onRetry={refetch} />;
  return (
    <div ref={scroller} tabIndex={0} className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-3xl flex-col gap-3 p-4 leading-relaxed sm:p-6">
        {from > 0 && (
          <Button size="small" className="self-center" onClick={() => setFrom(Math.max(from - PART_LENGTH, 0))}>
            {t('Show the text before')}
          </Button>
        )}
        {data.length === 0 && <p className="text-muted">{t('This document has no text.')}</p>}
        {blocks.map((block) => (
          <Block
            key={block.start}
            block={block}
            markStart={place.start ?? -1}
            markEnd={place.end ?? place.start ?? -1}
          />
        ))}
        {data.end < data.length && (
          <Button size="small" className="self-center" onClick={() => setFrom(data.end)}>
            {t('Show the text after')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface BlockProps {
  block: TextBlock;
  markStart: number;
  markEnd: number;
}

const Block = memo(
  function Block({ block, markStart, markEnd }: BlockProps) {
    const marked = (text: string, start: number) => markRange(text, start, markStart, markEnd);
    if (block.type === 'table') {
      return (
        <div className="overflow-x-auto">
          <table className="border-collapse text-sm">
            <tbody>
              {block.rows.map((row) => (
                <tr key={row.start}>
                  {row.cells.map((cell) => (
                    <td key={cell.start} dir="auto" className="border px-2 py-1 align-top">
                      {marked(cell.text, cell.start)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    }
    if (block.type === 'heading') {
      return (
        <h3 dir="auto" className="mt-3 text-lg font-semibold break-words">
          {marked(block.text, block.start)}
        </h3>
      );
    }
    return (
      <p dir="auto" className="break-words whitespace-pre-wrap">
        {marked(block.text, block.start)}
      </p>
    );
  },
  (before, after) =>
    before.block === after.block && before.markStart === after.markStart && before.markEnd === after.markEnd,
);

/** Marks the part of a text that lies in the cited range. */
function markRange(text: string, start: number, markStart: number, markEnd: number) {
  const from = Math.max(markStart - start, 0);
  const to = Math.min(markEnd - start, text.length);
  if (from >= to) return text;
  return (
    <>
      {text.slice(0, from)}
      <mark className="rounded-sm bg-mark text-ink">{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
}
