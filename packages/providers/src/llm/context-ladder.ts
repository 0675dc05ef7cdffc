const RUNGS = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072] as const;
const LOWEST = RUNGS[0];
const HIGHEST = 131_072;

/**
 * The window that a local model is loaded with: the largest rung that neither passes the wish (rounded up to a rung) nor
 * what the model was made for. Always the same for a model, because another size makes the server load it again.
 */
export function chooseContextWindow(wished: number, modelMaximum: number | null): number {
  const wish = RUNGS.find((rung) => rung >= wished) ?? HIGHEST;
  const limit = Math.min(wish, modelMaximum ?? wish);
  return RUNGS.findLast((rung) => rung <= limit) ?? Math.max(1, Math.min(limit, LOWEST));
}
