import { Link } from '@tanstack/react-router';
import { Maximize2, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Loading } from '../ui/states.tsx';
import type { Place } from './place.ts';
import { useDocument } from './use-document.ts';

const DocumentViewer = lazy(() => import('./document-viewer.tsx'));

export interface ViewerPanelProps {
  workspace: string;
  documentId: string;
  place: Place;
  onClose(): void;
}

/** A document beside the chat. On phones, it covers the chat. */
export function ViewerPanel({ workspace, documentId, place, onClose }: ViewerPanelProps) {
  const t = useT();
  const { data } = useDocument(documentId);
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves when another place is opened
  useEffect(() => panel.current?.focus(), [documentId, place.start]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={t('Document')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="fixed inset-0 z-30 flex flex-col bg-page outline-none lg:static lg:z-auto lg:w-[46%] lg:max-w-4xl lg:min-w-96 lg:border-s"
    >
      <header className="flex min-h-14 shrink-0 items-center gap-1 border-b px-4">
        <h2 dir="auto" className="me-auto min-w-0 truncate font-semibold">
          {data?.title ?? ''}
        </h2>
        <Link
          to="/w/$workspace/d/$document"
          params={{ workspace, document: documentId }}
          search={place}
          aria-label={t('Open as a page')}
          title={t('Open as a page')}
          className="inline-flex size-8 items-center justify-center rounded-lg text-muted hover:bg-surface"
        >
          <Maximize2 className="size-4.5" />
        </Link>
        <IconButton label={t('Close document')} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="min-h-0 grow">
        <Suspense fallback={<Loading />}>
          <DocumentViewer documentId={documentId} place={place} />
        </Suspense>
      </div>
    </section>
  );
}
