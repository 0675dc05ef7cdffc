const CANDIDATES = [',', ';', '\t', '|'];

/** Returns the field counts of the first records for one delimiter, respecting quotes. */
function countFields(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  let fields = 1;
  let quoted = false;
  let isBlank = true;
  for (let index = 0; index < sample.length && counts.length < 60; index++) {
    const char = sample[index];
    if (quoted) {
      if (char === '"') quoted = sample[index + 1] === '"' && index++ >= 0;
    } else if (char === '"' && (isBlank || sample[index - 1] === delimiter || sample[index - 1] === '\n')) {
      quoted = true;
      isBlank = false;
    } else if (char === delimiter) {
      fields++;
      isBlank = false;
    } else if (char === '\n') {
      if (!isBlank) counts.push(fields);
      fields = 1;
      isBlank = true;
    } else if (char !== '\r' && char !== ' ') isBlank = false;
  }
  if (!isBlank && !quoted) counts.push(fields);
  return counts;
}

/**
 * Returns the delimiter that gives all records the same number of fields. `strict` is for texts of unknown kind: prose
 * also has commas, so every one of at least three lines must match.
 */
export function guessDelimiter(text: string, strict = false): string | undefined {
  const sample = text.slice(0, 32_768);
  let best: string | undefined;
  let bestScore = 0;
  for (const delimiter of CANDIDATES) {
    const counts = countFields(sample, delimiter);
    // The sample may end within a record.
    if (sample.length < text.length && counts.length > 1) counts.pop();
    if (counts.length === 0) continue;
    const tally = new Map<number, number>();
    for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
    const [fields, lines] = [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] as [number, number];
    if (fields < 2) continue;
    const agreement = lines / counts.length;
    if (strict && (counts.length < 3 || agreement < 1 || (delimiter === ',' && isProse(sample)))) continue;
    const isDecimal = delimiter === ',' && isDecimalComma(sample);
    const score = agreement * (isDecimal ? 5 : 10) + Math.min(fields, 20) / 10;
    if (score > bestScore) {
      bestScore = score;
      best = delimiter;
    }
  }
  return best;
}

/** Detects comma plus space, as in prose. Tables rarely use it throughout. */
function isProse(sample: string): boolean {
  const commas = sample.split(',').length - 1;
  const spaced = sample.split(', ').length - 1;
  return spaced > commas * 0.7;
}

/** Numbers with decimal commas are separated by semicolons or tabs: "12,50;3,75". */
function isDecimalComma(sample: string): boolean {
  if (!/[;\t|]/.test(sample)) return false;
  const commas = sample.split(',').length - 1;
  const decimals = sample.match(/(?<![\d,])\d{1,12}(?:[.\u00a0 ]\d{3}){0,5},\d{1,6}(?![\d,])/g)?.length ?? 0;
  return decimals > commas * 0.7;
}
