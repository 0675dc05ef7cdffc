import type { StagedFile } from '@lorebox/ports/runtime';

/**
 * What becomes of a multipart body on this server: its files are streamed to disk before the procedure sees them. A
 * client sends an ordinary FormData; only the server makes these, so that no field can pass for a file.
 */
export class StagedForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly StagedFile[];

  constructor(fields: ReadonlyMap<string, string>, files: readonly StagedFile[]) {
    this.fields = fields;
    this.files = files;
  }
}
