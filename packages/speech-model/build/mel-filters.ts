const SAMPLE_RATE = 16_000;
const WINDOW = 400;
const BINS = 1 + WINDOW / 2;

/** Slaney's mel scale: linear below 1 kHz, logarithmic above. */
const toMel = (hertz: number) =>
  hertz < 1000 ? (3 * hertz) / 200 : 15 + (27 * Math.log(hertz / 1000)) / Math.log(6.4);
const toHertz = (mel: number) => (mel < 15 ? (200 * mel) / 3 : 1000 * 6.4 ** ((mel - 15) / 27));

/** Returns the filter bank used to train Whisper, row by row: triangles of equal area on the mel scale. */
export function melFilters(bands: number): Float32Array {
  const top = toMel(SAMPLE_RATE / 2);
  const edges = Array.from({ length: bands + 2 }, (_, i) => toHertz((top * i) / (bands + 1)));
  const filters = new Float32Array(bands * BINS);
  for (let band = 0; band < bands; band++) {
    const [low = 0, middle = 0, high = 0] = edges.slice(band, band + 3);
    for (let bin = 0; bin < BINS; bin++) {
      const hertz = (bin * SAMPLE_RATE) / WINDOW;
      const slope = Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle));
      filters[band * BINS + bin] = (Math.max(0, slope) * 2) / (high - low);
    }
  }
  return filters;
}
