import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** Descriptor of the pipe that carries text from child to parent. Messages are for small data. */
export const TEXT_DESCRIPTOR = 4;

export interface TextHeader {
  encoding: 'latin1' | 'utf16le';
  byteLength: number;
}

const SLICE_LENGTH = 2 * 1024 * 1024;
const DECODED_BYTES = 8 * 1024 * 1024;

/** Child side: writes a text as raw bytes, one byte per character if possible. */
export class TextSender {
  private readonly socket = new Socket({ fd: TEXT_DESCRIPTOR, readable: false, writable: true });

  constructor() {
    // The parent is gone, so there is no reader.
    this.socket.on('error', () => process.exit(1));
    this.socket.unref();
  }

  static headerFor(text: string): TextHeader {
    for (let index = 0; index < text.length; index++) {
      if (text.charCodeAt(index) > 255) return { encoding: 'utf16le', byteLength: text.length * 2 };
    }
    return { encoding: 'latin1', byteLength: text.length };
  }

  async send(text: string, header: TextHeader): Promise<void> {
    for (let at = 0; at < text.length; at += SLICE_LENGTH) {
      const bytes = Buffer.from(text.slice(at, at + SLICE_LENGTH), header.encoding);
      await new Promise<void>((resolve, reject) => {
        this.socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
    }
  }
}

/**
 * Parent side: bytes go directly into one buffer of the announced size. Sending strings as messages would take several
 * times as much event loop time.
 */
export class TextReceiver {
  private buffer = Buffer.alloc(0);
  private received = 0;
  private encoding: TextHeader['encoding'] = 'latin1';
  private onComplete: (() => void) | undefined;
  private early: Buffer[] = [];
  private isExpecting = false;

  constructor(stream: Readable) {
    stream.on('data', (piece: Buffer) => {
      // The pipe may be faster than the message that announces the text.
      if (this.isExpecting) this.take(piece);
      else this.early.push(piece);
    });
    stream.on('error', () => {});
  }

  expect(header: TextHeader): void {
    this.buffer = Buffer.allocUnsafeSlow(header.byteLength);
    this.encoding = header.encoding;
    this.received = 0;
    this.isExpecting = true;
    for (const piece of this.early.splice(0)) this.take(piece);
  }

  /** Reads the whole text, decoded in pieces with other work in between. */
  async read(): Promise<string> {
    if (this.received < this.buffer.byteLength) {
      await new Promise<void>((resolve) => {
        this.onComplete = resolve;
      });
    }
    this.isExpecting = false;
    const { buffer } = this;
    this.buffer = Buffer.alloc(0);
    let text = '';
    for (let at = 0; at < buffer.byteLength; at += DECODED_BYTES) {
      if (at > 0) await new Promise((resolve) => setImmediate(resolve));
      text += buffer.toString(this.encoding, at, Math.min(buffer.byteLength, at + DECODED_BYTES));
    }
    return text;
  }

  private take(piece: Buffer): void {
    piece.copy(this.buffer, this.received);
    this.received += piece.byteLength;
    if (this.received >= this.buffer.byteLength) this.onComplete?.();
  }
}
