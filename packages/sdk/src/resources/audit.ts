import type { AuditEntry, AuditExport } from '@lorebox/contract/audit';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { ExportAuditInput, ListAuditInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';

/** Security events: who did what. Admins only. */
export class Audit {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Lists audit log entries, newest first.
   * @example
   * for await (const { at, actor, action, target } of lorebox.audit.list({ action: 'key.created' }))
   *   console.log(at.toISOString(), actor, action, target);
   */
  list({ cursor: first, ...input }: ListAuditInput = {}, options?: CallOptions): PageList<AuditEntry> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.audit.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Exports audit log entries as newline-delimited JSON, oldest first, at most 10,000. To continue, pass `lastId` as `after`.
   * @example
   * const { text } = await lorebox.audit.export({ since: new Date(Date.now() - 86_400_000) });
   */
  export(input: ExportAuditInput = {}, options?: CallOptions): Promise<AuditExport> {
    return this.caller.run((request) => this.caller.client.audit.export.query(input, request), options);
  }
}
