/** Bytes of a file as they come: a web stream, Node's `Readable`, an async generator. Read once. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** How far an upload is. */
export interface UploadProgress {
  /** Bytes of the files that have gone out. */
  sentBytes: number;
  /** All bytes of the files; null while the size of one is unknown. */
  totalBytes: number | null;
}

/** A file of a form: at hand as a whole, or read while it is sent. */
export type FormFile = { name: string; data: Blob } | { name: string; stream: ByteStream; size?: number };

/** What `documents.upload` sends. A FormData, so that tRPC knows it for a form; `sendForm` writes what is in it. */
export class UploadForm extends FormData {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly FormFile[];
  readonly onProgress: ((progress: UploadProgress) => void) | undefined;
  readonly totalBytes: number | null;
  /** What went wrong with a stream, or in `onProgress`: to be told in place of the broken request. */
  failure: { error: unknown } | null = null;

  constructor(
    fields: readonly (readonly [name: string, value: string])[],
    files: readonly FormFile[],
    onProgress?: (progress: UploadProgress) => void,
  ) {
    super();
    this.fields = fields;
    this.files = files;
    this.onProgress = onProgress;
    const sizes = files.map((file) => ('data' in file ? file.data.size : (file.size ?? null)));
    this.totalBytes = sizes.some((size) => size === null) ? null : sizes.reduce<number>((a, b) => a + (b ?? 0), 0);
  }

  report(sentBytes: number): void {
    this.onProgress?.({ sentBytes, totalBytes: this.totalBytes });
  }
}
