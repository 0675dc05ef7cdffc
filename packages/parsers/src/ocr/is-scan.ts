import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageContent } from '../pdf-document.ts';

/** A page with more letters than this has real text, whatever images it shows. */
const FEW_LETTERS = 100;
/** Share of the page covered by images above which its few letters are considered a stamp on a scan. */
const COVERED = 0.5;
/** Letters drawn as outlines: a page of them has many paths, an empty ruled page has few. */
const MANY_PATHS = 60;
/** Share of characters without meaning, from fonts without a mapping. */
const GARBLED = 0.3;

/** Returns whether the text of this page must be read by OCR. */
export async function isScan(pdf: PDFDocumentProxy, number: number, content: PageContent): Promise<boolean> {
  const text = [...content.lines.flatMap((line) => line.cells), ...content.loose].join('');
  const letters = text.replace(/\s/g, '').length;
  if (letters >= FEW_LETTERS) return isGarbled(text);
  const page = await pdf.getPage(number);
  try {
    const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const { covered, paths } = study(await page.getOperatorList(), OPS, Math.abs((right - left) * (top - bottom)));
    if (letters === 0) return covered > 0.005 || paths >= MANY_PATHS;
    return covered >= COVERED || (isGarbled(text) && letters > 3);
  } catch {
    return false;
  } finally {
    page.cleanup();
  }
}

function isGarbled(text: string): boolean {
  const characters = text.replace(/\s/g, '');
  const senseless = characters.match(/[\p{Co}\p{Cn}\p{Cc}\ufffd]/gu)?.length ?? 0;
  return senseless > characters.length * GARBLED;
}

type Matrix = [number, number, number, number];

function multiply(m: Matrix, n: readonly number[]): Matrix {
  const [a, b, c, d] = m;
  const [e = 1, f = 0, g = 0, h = 1] = n;
  return [a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h];
}

/** Measures the area covered by images, each counted separately, and the number of drawn paths. */
function study(
  list: Awaited<ReturnType<PDFPageProxy['getOperatorList']>>,
  OPS: Record<string, number>,
  area: number,
): { covered: number; paths: number } {
  const images = new Set([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintInlineImageXObjectGroup,
    OPS.paintImageXObjectRepeat,
    OPS.paintImageMaskXObjectGroup,
    OPS.paintImageMaskXObjectRepeat,
  ]);
  const stack: Matrix[] = [];
  let matrix: Matrix = [1, 0, 0, 1];
  let [covered, paths] = [0, 0];
  for (const [index, operator] of list.fnArray.entries()) {
    const parameters = (list.argsArray[index] ?? []) as unknown[];
    if (operator === OPS.save || operator === OPS.paintFormXObjectBegin) stack.push(matrix);
    if (operator === OPS.transform) matrix = multiply(matrix, parameters as number[]);
    if (operator === OPS.paintFormXObjectBegin && Array.isArray(parameters[0]))
      matrix = multiply(matrix, parameters[0]);
    if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? matrix;
    if (operator === OPS.constructPath) paths++;
    if (images.has(operator)) covered += Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]);
  }
  return { covered: area > 0 ? covered / area : 0, paths };
}
