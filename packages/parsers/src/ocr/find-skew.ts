/** An image with one byte per pixel; 0 is black. */
export interface GreyImage {
  data: Uint8Array;
  width: number;
  height: number;
}

export interface Skew {
  /** Clockwise slope of the text lines in degrees, from -15 to 15. */
  angle: number;
  /** The lines run from top to bottom or from bottom to top. */
  isSideways: boolean;
  /** Number of edges found. */
  edges: number;
}

const MAX_ANGLE = 15;
const MAX_POINTS = 12_000;
const MIN_POINTS = 150;
const FEW_POINTS = 2000;

/**
 * Finds the slope of the lines: seen along the lines, the edges of letters concentrate on few levels. Tesseract's
 * layout analysis finds nothing on a page that slopes by three degrees, and doesn't separate columns on one that slopes
 * by two.
 */
export function findSkew(image: GreyImage): Skew {
  const threshold = findThreshold(image.data);
  const edges = listEdges(image, threshold, image.width);
  const upright = search(thin(edges, image), image);
  const sideways = search(thin(listEdges(image, threshold, 1), image), image, true);
  const isSideways = sideways.peak > upright.peak * 1.5;
  return { angle: isSideways ? sideways.angle : upright.angle, isSideways, edges: edges.length };
}

/** Otsu's method: the gray level that best separates ink from paper. */
function findThreshold(data: Uint8Array): number {
  const counts = new Float64Array(256);
  for (const value of data) counts[value]! += 1;
  const total = counts.reduce((sum, count, value) => sum + count * value, 0);
  let [dark, darkTotal, best, threshold] = [0, 0, -1, 127];
  for (let value = 0; value < 256; value++) {
    dark += counts[value] ?? 0;
    darkTotal += value * (counts[value] ?? 0);
    const light = data.length - dark;
    if (dark === 0 || light === 0) continue;
    const between = dark * light * (darkTotal / dark - (total - darkTotal) / light) ** 2;
    if (between <= best) continue;
    best = between;
    threshold = value;
  }
  return threshold;
}

interface Points {
  xs: Float32Array;
  ys: Float32Array;
}

/** Lists dark pixels after a light pixel `before` positions earlier: upper or left edges of letters. */
function listEdges({ data }: GreyImage, threshold: number, before: number): number[] {
  const at: number[] = [];
  for (let index = before; index < data.length; index++) {
    if ((data[index] ?? 0) <= threshold && (data[index - before] ?? 0) > threshold) at.push(index);
  }
  return at;
}

function thin(at: readonly number[], { width }: GreyImage): Points {
  const stride = Math.max(1, Math.ceil(at.length / MAX_POINTS));
  const kept = at.filter((_, index) => index % stride === 0);
  return {
    xs: Float32Array.from(kept, (index) => index % width),
    ys: Float32Array.from(kept, (index) => Math.floor(index / width)),
  };
}

function search({ xs, ys }: Points, { width, height }: GreyImage, isSideways = false): { angle: number; peak: number } {
  if (xs.length < MIN_POINTS) return { angle: 0, peak: 0 };
  const bins = new Uint32Array(2 * (width + height));
  const score = (degrees: number) => {
    const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    bins.fill(0);
    for (let index = 0; index < xs.length; index++) {
      const [x, y] = [xs[index] ?? 0, ys[index] ?? 0];
      const level = isSideways ? x * cosine + y * sine : y * cosine - x * sine;
      bins[Math.round(level + width + height)]! += 1;
    }
    let sum = 0;
    for (let index = 1; index < bins.length; index++) sum += ((bins[index] ?? 0) - (bins[index - 1] ?? 0)) ** 2;
    return sum;
  };
  const flat = score(0);
  let best = { angle: 0, sum: flat };
  let total = 0;
  let count = 0;
  const look = (angle: number) => {
    const sum = score(angle);
    if (sum > best.sum) best = { angle, sum };
    return sum;
  };
  for (let angle = -MAX_ANGLE; angle <= MAX_ANGLE; angle += 0.5) {
    total += look(angle);
    count++;
  }
  const coarse = best.angle;
  for (let angle = coarse - 0.4; angle < coarse + 0.45; angle += 0.1) look(angle);
  // A result that is hardly better than no rotation is chance, and so are small angles on a few words. Rotation reduces
  // sharpness.
  const isChance = best.sum < flat * 1.15 || Math.abs(best.angle) < (xs.length < FEW_POINTS ? 1.5 : 0.25);
  const angle = isChance ? 0 : Math.round(best.angle * 10) / 10;
  return { angle, peak: best.sum / Math.max(1, total / count) };
}
