/** Returns the edit distance of two sequences. With `isPart`, the first one may be anywhere in the second. */
function countEdits<T>(wanted: readonly T[], given: readonly T[], isPart: boolean): number {
  let row = Array.from({ length: given.length + 1 }, (_, at) => (isPart ? 0 : at));
  for (const [index, each] of wanted.entries()) {
    const next = [index + 1];
    for (const [at, other] of given.entries()) {
      const change = (row[at] ?? 0) + (each === other ? 0 : 1);
      next.push(Math.min(change, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return isPart ? Math.min(...row) : (row.at(-1) ?? 0);
}

/** Removes list markers, table rules and quotation mark styles, which are layout. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/(^|\s)[•©®°¢«»*+=|□-]+(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Returns the edits per character of the reference text. Extra text counts too, so the rate can exceed 1. */
export function characterErrorRate(right: string, given: string): number {
  const wanted = [...plain(right)];
  return countEdits(wanted, [...plain(given)], false) / Math.max(1, wanted.length);
}

/** Returns the edits per word of the reference text, ignoring punctuation and case. */
export function wordErrorRate(right: string, given: string): number {
  const wanted = wordsOf(right);
  return countEdits(wanted, wordsOf(given), false) / Math.max(1, wanted.length);
}

function wordsOf(text: string): string[] {
  return (
    plain(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}']+/gu) ?? []
  );
}

/** Like characterErrorRate, for phrases that must be anywhere in the text. For "a|b", the better alternative counts. */
export function phraseErrorRate(phrases: readonly string[], given: string): number {
  const text = [...plain(given).toLowerCase()];
  let [edits, length] = [0, 0];
  for (const phrase of phrases) {
    const forms = phrase.split('|').map((form) => [...plain(form).toLowerCase()]);
    const best = forms
      .map((form) => ({ edits: countEdits(form, text, true), length: form.length }))
      .reduce((a, b) => (b.edits < a.edits ? b : a));
    edits += best.edits;
    length += best.length;
  }
  return edits / Math.max(1, length);
}
