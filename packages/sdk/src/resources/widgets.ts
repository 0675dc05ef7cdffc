import type {
  ConversationExport,
  Widget,
  WidgetConversation,
  WidgetConversationDetails,
} from '@lorebox/contract/widget';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreateWidgetInput, UpdateWidgetInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** Chat widgets for websites. Owners of the workspace, managers and admins. */
export class Widgets {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates a chat widget. No page can show it until its origin is allowed.
   * @example
   * await lorebox.widgets.create('demo', { name: 'Website', allowedOrigins: ['https://example.com'] });
   */
  create(workspace: string, input: CreateWidgetInput, options?: CallOptions): Promise<Widget> {
    return this.caller.run(
      (request) => this.caller.client.widgets.create.mutate({ ...input, workspace }, request),
      options,
    );
  }

  /**
   * Lists the chat widgets of a workspace, newest first.
   * @example
   * const widgets = await lorebox.widgets.list('demo').toArray();
   */
  list(workspace: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Widget> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.widgets.list.query({ ...input, workspace, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Gets a chat widget.
   * @example
   * const { id } = await lorebox.widgets.create('demo', { name: 'Shop' });
   * const { allowedOrigins } = await lorebox.widgets.get(id);
   */
  get(widgetId: string, options?: CallOptions): Promise<Widget> {
    return this.caller.run((request) => this.caller.client.widgets.get.query({ widgetId }, request), options);
  }

  /**
   * Changes the settings of a chat widget.
   * @example
   * const { id } = await lorebox.widgets.create('demo', { name: 'Blog' });
   * await lorebox.widgets.update(id, { enabled: false });
   */
  update(widgetId: string, changes: UpdateWidgetInput, options?: CallOptions): Promise<Widget> {
    const input = { ...changes, widgetId };
    return this.caller.run((request) => this.caller.client.widgets.update.mutate(input, request), options);
  }

  /**
   * Deletes a chat widget with the conversations of its visitors.
   * @example
   * const { id } = await lorebox.widgets.create('demo', { name: 'Old website' });
   * await lorebox.widgets.delete(id);
   */
  async delete(widgetId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.widgets.delete.mutate({ widgetId }, request), options);
  }

  /**
   * Lists the conversations of a chat widget, newest first.
   * @example
   * const { id } = await lorebox.widgets.create('demo', { name: 'Docs' });
   * const conversations = await lorebox.widgets.conversations(id).toArray();
   */
  conversations(
    widgetId: string,
    { cursor: first, ...input }: ListOptions = {},
    options?: CallOptions,
  ): PageList<WidgetConversation> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.widgets.conversations.query({ ...input, widgetId, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Gets a conversation with its messages.
   * @example
   * const widget = await lorebox.widgets.create('demo', { name: 'Help center' });
   * for await (const { id } of lorebox.widgets.conversations(widget.id)) {
   *   const { transcript } = await lorebox.widgets.conversation(id);
   *   console.log(transcript.length);
   * }
   */
  conversation(conversationId: string, options?: CallOptions): Promise<WidgetConversationDetails> {
    return this.caller.run(
      (request) => this.caller.client.widgets.conversation.query({ conversationId }, request),
      options,
    );
  }

  /**
   * Exports conversations as newline-delimited JSON, oldest first, at most 200. To continue, pass `lastId` as `after`.
   * @example
   * const { id } = await lorebox.widgets.create('demo', { name: 'Intranet' });
   * const { text, lastId } = await lorebox.widgets.export(id);
   */
  export(
    widgetId: string,
    { after }: { after?: string | undefined } = {},
    options?: CallOptions,
  ): Promise<ConversationExport> {
    return this.caller.run((request) => this.caller.client.widgets.export.query({ widgetId, after }, request), options);
  }
}
