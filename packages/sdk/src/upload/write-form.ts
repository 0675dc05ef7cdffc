import { readBytes } from './read-bytes.ts';
import type { FormFile, UploadForm } from './upload-form.ts';

export interface FormBody {
  contentType: string;
  body: ReadableStream<Uint8Array>;
  /** Releases the streams when the reader stops. Not every `fetch` does so after an early response. */
  stop(): void;
}

/** Encodes a form as a stream, with its content type. Holds at most one chunk in memory. */
export function writeForm(form: UploadForm): FormBody {
  const boundary = `lorebox-${crypto.getRandomValues(new BigUint64Array(2)).join('')}`;
  const pieces = writePieces(form, boundary);
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    pieces.return(undefined).catch(() => {});
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (!done) controller.enqueue(value);
          else if (isStopped) controller.error(new Error('upload cancelled'));
          else controller.close();
        } catch (error) {
          form.failure ??= { error };
          controller.error(error);
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
  return { contentType: `multipart/form-data; boundary=${boundary}`, body, stop };
}

async function* writePieces(form: UploadForm, boundary: string): AsyncGenerator<Uint8Array> {
  const encode = (text: string) => new TextEncoder().encode(text);
  for (const [name, value] of form.fields) {
    yield encode(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  }
  let sentBytes = 0;
  for (const file of form.files) {
    const type = ('data' in file && file.data.type) || 'application/octet-stream';
    const disposition = `form-data; name="file"; filename="${escapeName(file.name)}"`;
    yield encode(`--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`);
    const before = sentBytes;
    for await (const chunk of readBytes(file.name, 'data' in file ? file.data.stream() : file.stream)) {
      yield chunk;
      sentBytes += chunk.length;
      form.report(sentBytes);
    }
    assertSize(file, sentBytes - before);
    yield encode('\r\n');
  }
  yield encode(`--${boundary}--\r\n`);
}

/** Escapes filenames the way browsers do in forms. */
function escapeName(name: string): string {
  return name.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
}

function assertSize(file: FormFile, size: number): void {
  const expected = 'data' in file ? file.data.size : file.size;
  if (expected === undefined || expected === size) return;
  throw new RangeError(`"${file.name}" has ${size} bytes, but its \`size\` is ${expected}.`);
}
