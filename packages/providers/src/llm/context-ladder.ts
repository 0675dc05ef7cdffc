const RUNGS = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072] as const;
const LOWEST = RUNGS[0];
const HIGHEST = 131_072;

/**
 * Returns the context window that a local model is loaded with: the largest step that exceeds neither the requested
 * size (rounded up to a step) nor the model's trained window. Constant per model, because another size makes the server
 * reload it.
 */
export function chooseContextWindow(wished: number, modelMaximum: number | null): number {
  const wish = RUNGS.find((rung) => rung >= wished) ?? HIGHEST;
  const limit = Math.min(wish, modelMaximum ?? wish);
  return RUNGS.findLast((rung) => rung <= limit) ?? Math.max(1, Math.min(limit, LOWEST));
}
