import { useQuery } from '@tanstack/react-query';
import { ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { query } from '../api/queries.ts';
import { formatNumber } from '../i18n/format.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Loading } from '../ui/states.tsx';
import { openPdf, type PDFDocumentProxy } from './open-pdf.ts';
import { PdfPage } from './pdf-page.tsx';
import type { Place } from './place.ts';

const ZOOM_STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** A PDF at the cited page, with the cited passage marked. Only pages near the view are drawn. */
export default function PdfView({ documentId, place }: { documentId: string; place: Place }) {
  const t = useT();
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [zoom, setZoom] = useState(1);
  const scroller = useRef<HTMLDivElement>(null);
  const passage = useQuery({
    ...query('documents.text', api.documents.text, { documentId, start: place.start ?? 0, end: place.end ?? 0 }),
    enabled: place.start !== undefined && place.end !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const page = place.page ?? 1;

  useEffect(() => {
    const opened = openPdf(`/v1/documents/${documentId}/content`);
    let isCurrent = true;
    opened.promise
      .then(async (loaded) => {
        const { width, height } = (await loaded.getPage(1)).getViewport({ scale: 1 });
        if (!isCurrent) return;
        setSize({ width, height });
        setPdf(loaded);
      })
      .catch((cause) => isCurrent && setError(cause));
    return () => {
      isCurrent = false;
      setPdf(null);
      setError(null);
      void opened.destroy();
    };
  }, [documentId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: goes to the page when another place is opened
  useEffect(() => {
    if (pdf) scroller.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: 'start' });
  }, [pdf, page, place.start]);

  const step = (direction: 1 | -1) => {
    const index = ZOOM_STEPS.indexOf(zoom) + direction;
    setZoom(ZOOM_STEPS[Math.max(0, Math.min(index, ZOOM_STEPS.length - 1))] ?? 1);
  };
  if (error !== null) return <ProblemNote error={error} />;
  if (!pdf || !size) return <Loading />;
  const text = passage.data?.text ?? '';
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 items-center gap-1 border-b px-4 py-1 text-sm text-muted">
        <span className="me-auto">{t('{count, plural, one {# page} other {# pages}}', { count: pdf.numPages })}</span>
        <IconButton label={t('Zoom out')} onClick={() => step(-1)}>
          <ZoomOut />
        </IconButton>
        <span dir="ltr">{formatNumber(zoom * 100)} %</span>
        <IconButton label={t('Zoom in')} onClick={() => step(1)}>
          <ZoomIn />
        </IconButton>
      </div>
      <div ref={scroller} tabIndex={0} className="min-h-0 grow overflow-auto bg-surface p-3">
        <div className="mx-auto flex flex-col gap-3" style={{ width: `${zoom * 100}%` }}>
          {Array.from({ length: pdf.numPages }, (_, i) => (
            <PdfPage
              // biome-ignore lint/suspicious/noArrayIndexKey: pages never change their order
              key={i}
              pdf={pdf}
              number={i + 1}
              defaultSize={size}
              // A passage that starts on the cited page may end on the next one.
              passage={i + 1 === page || i === page ? text : ''}
              isTarget={i + 1 === page}
              scroller={scroller}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
