import { PreviewCard } from '@base-ui/react/preview-card';
import type { Citation, Source } from '@lorebox/contract/chat';
import { useT } from '../i18n/use-t.ts';
import { type Place, placeOf } from '../viewer/place.ts';
import { placeLabel } from './place-label.ts';

const MAX_SHOWN_CHARACTERS = 600;

type Shown = Pick<Citation, 'n' | 'title' | 'text' | 'page' | 'section' | 'startTime'>;

export type CitationChipProps =
  | { citation: Citation | Source; onOpenPlace(documentId: string, place: Place): void }
  /** On pages of people who may not open the document. */
  | { citation: Shown; onOpenPlace?: undefined };

/** The number of a citation. Shows the passage on hover and focus, and opens it in the document. */
export function CitationChip({ citation, onOpenPlace }: CitationChipProps) {
  const t = useT();
  const { n, title, text } = citation;
  const where = placeLabel(citation, t);
  const open = onOpenPlace && (() => onOpenPlace(citation.documentId, placeOf(citation)));
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger
        delay={250}
        closeDelay={150}
        render={<button type="button" />}
        onClick={open}
        aria-label={t('Source {n}: {title}{where}', { n, title, where: where === '' ? '' : `, ${where}` })}
        className="mx-0.5 inline-flex min-w-5 cursor-pointer items-center justify-center rounded-md bg-accent-soft px-1 align-baseline text-xs font-semibold text-accent hover:bg-accent hover:text-accent-ink"
      >
        {n}
      </PreviewCard.Trigger>
      <PreviewCard.Portal>
        <PreviewCard.Positioner sideOffset={6} className="z-50">
          <PreviewCard.Popup className="flex max-w-md flex-col gap-2 rounded-xl border bg-raised p-3 text-sm shadow-lg">
            <p className="font-medium break-words" dir="auto">
              {title}
              {where !== '' && <span className="font-normal text-muted"> · {where}</span>}
            </p>
            <p dir="auto" className="max-h-56 overflow-y-auto break-words whitespace-pre-line text-muted">
              {text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text}
            </p>
            {open && (
              <button type="button" onClick={open} className="self-start font-medium text-accent hover:underline">
                {t('Open in the document')}
              </button>
            )}
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}
