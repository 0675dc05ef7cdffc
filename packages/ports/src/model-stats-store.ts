/** What was learned about a chat model from the counts and times of its answers. */
export interface ModelStats {
  modelId: string;
  /** Real tokens per estimated token, by group of scripts. */
  tokenFactors: { latin: number; cjk: number; other: number };
  /** Tokens of the longest prompt that the server is known to have read completely. */
  longestPrompt: number;
  /** Tokens that the server kept of a longer prompt. Null if it has cut none. */
  promptLimit: number | null;
  promptLimitAt: Date | null;
  /** Speed at which the model reads a prompt. Null if unknown. */
  readTokensPerSecond: number | null;
  updatedAt: Date;
}

export interface ModelStatsStore {
  get(modelId: string): Promise<ModelStats | null>;
  put(stats: ModelStats): Promise<void>;
}
