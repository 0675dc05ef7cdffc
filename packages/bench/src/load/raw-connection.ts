import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * A kept-alive connection that repeats the same GET. node:http would cost about as much per request as the measured
 * work.
 */
export class RawConnection {
  private readonly socket: Socket;
  private readonly request: string;
  private received: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  private answer: { resolve(status: number): void; reject(error: Error): void } | null = null;

  private constructor(socket: Socket, request: string) {
    this.socket = socket;
    this.request = request;
    socket.setNoDelay(true);
    socket.on('data', (data) => this.take(data));
    socket.on('error', (error) => this.answer?.reject(error));
    socket.on('close', () => this.answer?.reject(new Error('the connection was closed')));
  }

  static open(url: string, headers: Record<string, string>): Promise<RawConnection> {
    const { hostname, port, host, pathname, search } = new URL(url);
    const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    const request = `GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`;
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new RawConnection(socket, request)));
      socket.once('error', reject);
    });
  }

  /** Returns the status once the whole response has arrived. */
  get(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.answer = { resolve, reject };
      this.socket.write(this.request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(data: Buffer): void {
    this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
    const headEnd = this.received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = this.received.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const isWhole =
      length === undefined
        ? this.received.subarray(-5).equals(Buffer.from('0\r\n\r\n'))
        : this.received.length >= headEnd + HEAD_END.length + Number(length);
    if (!isWhole) return;
    this.received = Buffer.alloc(0);
    this.answer?.resolve(Number(head.slice(9, 12)));
  }
}
