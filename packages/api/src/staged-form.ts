import type { StagedFile } from '@lorebox/ports/runtime';

/**
 * A multipart body on the server, whose files are streamed to disk before the procedure sees them. Clients send an
 * ordinary FormData. Only the server creates this class, so that no field can pass for a file.
 */
export class StagedForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly StagedFile[];

  constructor(fields: ReadonlyMap<string, string>, files: readonly StagedFile[]) {
    this.fields = fields;
    this.files = files;
  }
}
