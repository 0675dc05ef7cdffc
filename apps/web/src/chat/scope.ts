import type { ChatMode } from '@lorebox/contract/workspace';

/** What a question is answered from and by. */
export interface Scope {
  documentIds: string[];
  /** Titles of the documents, for display. */
  titles: Record<string, string>;
  metadata: Record<string, string> | undefined;
  mode: ChatMode | undefined;
  model: string | undefined;
}

export const emptyScope: Scope = {
  documentIds: [],
  titles: {},
  metadata: undefined,
  mode: undefined,
  model: undefined,
};
