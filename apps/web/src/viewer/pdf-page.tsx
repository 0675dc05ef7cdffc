import { TextLayer } from 'pdfjs-dist';
import { memo, type RefObject, useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { findPassage } from './find-passage.ts';
import type { PDFDocumentProxy } from './open-pdf.ts';

/** Pages within this distance of the view are drawn. */
const MARGIN = '1200px 0px';
const MAX_PIXELS = 16_000_000;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface PdfPageProps {
  pdf: PDFDocumentProxy;
  number: number;
  /** Size of the first page, until this one is known. */
  defaultSize: { width: number; height: number };
  /** Text to mark. */
  passage: string;
  /** Scrolls to the mark. */
  isTarget: boolean;
  scroller: RefObject<HTMLDivElement | null>;
}

export const PdfPage = memo(function PdfPage({ pdf, number, defaultSize, passage, isTarget, scroller }: PdfPageProps) {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  const [size, setSize] = useState(defaultSize);
  const [width, setWidth] = useState(0);
  const [boxes, setBoxes] = useState<Box[]>([]);
  const [isTextReady, setTextReady] = useState(false);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const near = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: scroller.current,
      rootMargin: MARGIN,
    });
    const resized = new ResizeObserver(() => setWidth(element.clientWidth));
    near.observe(element);
    resized.observe(element);
    return () => {
      near.disconnect();
      resized.disconnect();
    };
  }, [scroller]);

  useEffect(() => {
    if (!isNear || width === 0) return;
    let isCurrent = true;
    let cancel = () => {};
    void (async () => {
      const page = await pdf.getPage(number);
      const natural = page.getViewport({ scale: 1 });
      const [target, text] = [canvas.current, layer.current];
      if (!isCurrent || !target || !text) return;
      setSize({ width: natural.width, height: natural.height });
      const scale = width / natural.width;
      const viewport = page.getViewport({ scale });
      const ratio = Math.min(devicePixelRatio, Math.sqrt(MAX_PIXELS / (viewport.width * viewport.height)));
      target.width = Math.floor(viewport.width * ratio);
      target.height = Math.floor(viewport.height * ratio);
      const drawing = page.render({ canvas: target, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
      text.replaceChildren();
      text.style.setProperty('--total-scale-factor', String(scale));
      text.style.setProperty('--scale-factor', String(scale));
      const words = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
      cancel = () => {
        drawing.cancel();
        words.cancel();
      };
      await words.render();
      if (isCurrent) setTextReady(true);
      await drawing.promise;
    })().catch(() => {
      // Cancelled because the page left the view.
    });
    return () => {
      isCurrent = false;
      setTextReady(false);
      cancel();
    };
  }, [pdf, number, isNear, width]);

  useEffect(() => {
    const [text, element] = [layer.current, frame.current];
    if (!isTextReady || !text || !element) return;
    setBoxes(passage === '' ? [] : boxesOf(text, element, passage));
  }, [isTextReady, passage]);
  useEffect(() => {
    if (isTarget && boxes.length > 0) frame.current?.querySelector('.pdf-mark')?.scrollIntoView({ block: 'center' });
  }, [isTarget, boxes]);

  return (
    <div
      ref={frame}
      // The letters of a page have their own places, which the direction of the app would change.
      dir="ltr"
      data-page={number}
      role="group"
      aria-label={t('Page {page}', { page: number })}
      className="relative bg-white shadow-sm"
      style={{ aspectRatio: `${size.width} / ${size.height}` }}
    >
      {isNear && <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />}
      {boxes.map((box) => (
        <div
          key={`${box.left} ${box.top} ${box.width}`}
          className="pdf-mark"
          style={{ left: `${box.left}%`, top: `${box.top}%`, width: `${box.width}%`, height: `${box.height}%` }}
        />
      ))}
      {isNear && <div ref={layer} className="textLayer" dir="ltr" />}
    </div>
  );
});

/** Boxes of the passage, in percent of the page, from the positions of the words in the text layer. */
function boxesOf(layer: HTMLElement, frame: HTMLElement, passage: string): Box[] {
  const nodes: { node: Text; start: number }[] = [];
  let text = '';
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, start: text.length });
    text += `${(node as Text).data} `;
  }
  const page = frame.getBoundingClientRect();
  const boxes: Box[] = [];
  for (const { start, end } of findPassage(text, passage)) {
    for (const { node, start: at } of nodes) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, node.length);
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) continue;
        boxes.push({
          left: ((rect.left - page.left) / page.width) * 100,
          top: ((rect.top - page.top) / page.height) * 100,
          width: (rect.width / page.width) * 100,
          height: (rect.height / page.height) * 100,
        });
      }
    }
  }
  return boxes;
}
