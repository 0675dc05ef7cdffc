import type { Citation } from '@lorebox/contract/chat';
import { useT } from '../i18n/use-t.ts';
import { type Place, placeOf } from '../viewer/place.ts';
import { placeLabel } from './place-label.ts';

export interface CitationListProps {
  citations: readonly Citation[];
  onOpenPlace(documentId: string, place: Place): void;
}

/** What the answer cites, below it. */
export function CitationList({ citations, onOpenPlace }: CitationListProps) {
  const t = useT();
  if (citations.length === 0) return null;
  return (
    <section aria-label={t('Sources')}>
      <ul className="flex flex-wrap gap-2">
        {citations.map((citation) => {
          const where = placeLabel(citation, t);
          return (
            <li key={citation.n} className="max-w-full">
              <button
                type="button"
                onClick={() => onOpenPlace(citation.documentId, placeOf(citation))}
                className="flex max-w-full items-center gap-2 rounded-lg border bg-raised px-2.5 py-1.5 text-sm hover:border-accent"
              >
                <span className="font-semibold text-accent">{citation.n}</span>
                <span dir="auto" className="min-w-0 truncate">
                  {citation.title}
                  {where !== '' && <span className="text-muted"> · {where}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
