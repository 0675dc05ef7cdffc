/** One string drawn by the page, in view coordinates: x to the right, y down, in points. */
export interface TextRun {
  text: string;
  left: number;
  right: number;
  /** Baseline. */
  y: number;
  size: number;
  isRtl: boolean;
  /** Name of the font within the file. Absent for OCR. */
  font?: string;
  /** Whitespace was drawn before this run. */
  spaced: boolean;
}

/** The part of a pdf.js text item that is used here. */
export interface PdfTextItem {
  str: string;
  dir: string;
  transform: number[];
  width: number;
  height: number;
  hasEOL: boolean;
  fontName?: string;
}

export interface PdfPageText {
  runs: TextRun[];
  /** Vertical writing and text at odd angles, in drawing order, one string per line. */
  loose: string[];
  width: number;
  height: number;
}

type Matrix = number[];

function multiply(m: Matrix, n: Matrix): Matrix {
  const [a, b, c, d, e, f] = m as [number, number, number, number, number, number];
  const [g, h, i, j, k, l] = n as [number, number, number, number, number, number];
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Returns the number of clockwise quarter turns of the drawn text, 0 to 3, or undefined for other angles. */
function quarterOf(matrix: Matrix): number | undefined {
  const angle = Math.atan2(matrix[1] ?? 0, matrix[0] ?? 1) / (Math.PI / 2);
  const quarter = Math.round(angle);
  return Math.abs(angle - quarter) > 0.08 ? undefined : (quarter + 4) % 4;
}

/** Returns the matrix that rotates the page so that text of this quarter runs from left to right. */
function uprightMatrix(quarter: number, width: number, height: number): Matrix {
  if (quarter === 1) return [0, -1, 1, 0, 0, width];
  if (quarter === 2) return [-1, 0, 0, -1, width, height];
  if (quarter === 3) return [0, 1, -1, 0, height, 0];
  return [1, 0, 0, 1, 0, 0];
}

/** Converts the items to view coordinates. A page with mostly sideways text is rotated. */
export function readRuns(items: PdfTextItem[], viewTransform: Matrix, width: number, height: number): PdfPageText {
  const placed = items.map((item) => ({ item, matrix: multiply(viewTransform, item.transform) }));
  const letters = [0, 0, 0, 0];
  for (const { item, matrix } of placed) {
    const quarter = quarterOf(matrix);
    if (quarter !== undefined && item.dir !== 'ttb') letters[quarter]! += item.str.length;
  }
  const quarter = letters.indexOf(Math.max(...letters));
  const turn = uprightMatrix(quarter, width, height);
  const page: PdfPageText = {
    runs: [],
    loose: [],
    width: quarter % 2 ? height : width,
    height: quarter % 2 ? width : height,
  };
  let spaced = false;
  let loose = '';
  const drawn = new Map<string, TextRun>();
  for (const { item, matrix } of placed) {
    const isLevel = item.dir !== 'ttb' && quarterOf(matrix) === quarter;
    if (!isLevel) {
      loose += item.str;
      if (item.hasEOL && loose) page.loose.push(loose);
      if (item.hasEOL) loose = '';
      continue;
    }
    if (item.str.trim() === '') {
      spaced = true;
      continue;
    }
    const at = multiply(turn, matrix);
    const left = at[4] ?? 0;
    const run: TextRun = {
      text: item.str,
      left,
      right: left + item.width,
      y: at[5] ?? 0,
      size: Math.hypot(at[2] ?? 0, at[3] ?? 0) || item.height || 10,
      isRtl: item.dir === 'rtl',
      spaced,
      ...(item.fontName === undefined ? {} : { font: item.fontName }),
    };
    if (!isDrawnAgain(drawn, run)) page.runs.push(run);
    spaced = item.hasEOL || /\s$/.test(item.str);
  }
  if (loose) page.loose.push(loose);
  return page;
}

/** Bold and shadows are imitated by drawing the same text twice, slightly shifted. */
function isDrawnAgain(drawn: Map<string, TextRun>, run: TextRun): boolean {
  const last = drawn.get(run.text);
  const near = run.size * 0.2;
  if (last && Math.abs(last.left - run.left) < near && Math.abs(last.y - run.y) < near) return true;
  drawn.set(run.text, run);
  return false;
}
