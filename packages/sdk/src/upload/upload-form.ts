/** Content of a file as a stream: a web stream, a Node `Readable`, or an async generator. Can be read once. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Progress of an upload. */
export interface UploadProgress {
  /** Bytes of the files sent so far. */
  sentBytes: number;
  /** Total bytes of the files. Null while the size of a file is unknown. */
  totalBytes: number | null;
}

/** A file in a form: in memory, or streamed while it is sent. */
export type FormFile = { name: string; data: Blob } | { name: string; stream: ByteStream; size?: number };

/** Body of `documents.upload`. Extends FormData so that tRPC treats it as a form; `sendForm` encodes its content. */
export class UploadForm extends FormData {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: readonly FormFile[];
  readonly onProgress: ((progress: UploadProgress) => void) | undefined;
  readonly totalBytes: number | null;
  /** Error of a stream or of `onProgress`, reported instead of the failed request. */
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
