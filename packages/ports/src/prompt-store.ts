import type { Page, PageInput } from '@lorebox/contract/page';
import type { Prompt } from '@lorebox/contract/prompt';

export interface StoredPrompt extends Prompt {
  /** The user whose personal prompt it is. Null for prompts of a workspace. */
  ownerId: string | null;
}

export interface PromptStore {
  get(id: string): Promise<StoredPrompt | null>;
  /** Newest first: the personal prompts of the user, and those of the workspace. */
  list(filter: PromptFilter, page: PageInput): Promise<Page<Prompt>>;
  count(filter: PromptFilter): Promise<number>;
  create(prompt: StoredPrompt): Promise<void>;
  update(id: string, change: Partial<Pick<Prompt, 'title' | 'text'>> & { updatedAt: Date }): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Null: no prompts of this kind. */
export interface PromptFilter {
  ownerId: string | null;
  workspaceId: string | null;
}
