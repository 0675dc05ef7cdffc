import type { Prompt } from '@lorebox/contract/prompt';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreatePromptInput, ListPromptsInput, UpdatePromptInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';

/** The prompts library: questions that are written once and used again. */
export class Prompts {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates a prompt, for everyone in the workspace or, without one, for yourself. API keys have no personal prompts.
   * @example
   * await lorebox.prompts.create({ workspace: 'demo', title: 'Height', text: 'How tall is {{building}}?' });
   */
  create(input: CreatePromptInput, options?: CallOptions): Promise<Prompt> {
    return this.caller.run((request) => this.caller.client.prompts.create.mutate(input, request), options);
  }

  /**
   * Lists your personal prompts and, with a workspace, also those of the workspace. Newest first.
   * @example
   * const prompts = await lorebox.prompts.list({ workspace: 'demo' }).toArray();
   */
  list({ cursor: first, ...input }: ListPromptsInput = {}, options?: CallOptions): PageList<Prompt> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.prompts.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Changes the title or the text of a prompt.
   * @example
   * const { id } = await lorebox.prompts.create({ workspace: 'demo', title: 'Age', text: 'How old is {{building}}?' });
   * await lorebox.prompts.update(id, { title: 'Age of a building' });
   */
  update(promptId: string, changes: UpdatePromptInput, options?: CallOptions): Promise<Prompt> {
    const input = { ...changes, promptId };
    return this.caller.run((request) => this.caller.client.prompts.update.mutate(input, request), options);
  }

  /**
   * Deletes a prompt.
   * @example
   * const { id } = await lorebox.prompts.create({ workspace: 'demo', title: 'Color', text: 'What color is it?' });
   * await lorebox.prompts.delete(id);
   */
  async delete(promptId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.prompts.delete.mutate({ promptId }, request), options);
  }
}
