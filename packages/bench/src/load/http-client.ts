import { Agent, type IncomingMessage, request } from 'node:http';

interface Sent {
  method: 'GET' | 'POST';
  path: string;
  body?: string | Buffer;
  contentType?: string;
}

/**
 * tRPC over node:http with keep-alive. The SDK's own work (batching, superjson, fetch) would use the two cores that
 * server and doubles share with the load generator.
 */
export class HttpClient {
  private readonly agent: Agent;
  private readonly base: URL;
  private readonly headers: Record<string, string>;

  constructor(url: string, apiKey: string, connections = 64) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.base = new URL(url);
    this.headers = { authorization: `Bearer ${apiKey}` };
  }

  async query<T>(procedure: string, input: unknown): Promise<T> {
    return read<T>(await this.send({ method: 'GET', path: queryPath(procedure, input) }));
  }

  async mutate<T>(procedure: string, input: unknown): Promise<T> {
    const body = JSON.stringify({ json: input });
    return read<T>(
      await this.send({ method: 'POST', path: `/trpc/${procedure}`, body, contentType: 'application/json' }),
    );
  }

  /** Returns the whole response as text. Throws unless the status is 200. */
  async send(sent: Sent): Promise<string> {
    let text = '';
    await this.stream(sent, (piece) => {
      text += piece;
    });
    return text;
  }

  /** Passes the pieces of the response to `onPiece` as they arrive. */
  stream(sent: Sent, onPiece: (piece: string) => void, isSecondTry = false): Promise<void> {
    const { method, path, body, contentType } = sent;
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const type = contentType === undefined ? {} : { 'content-type': contentType };
    const { hostname, port } = this.base;
    const headers = { ...this.headers, ...length, ...type };
    return new Promise((resolve, reject) => {
      const outgoing = request({ agent: this.agent, hostname, port, method, path, headers }, (response) =>
        this.receive(response, path, onPiece).then(resolve, reject),
      );
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        // The server was closing this kept-alive connection. Browsers retry too.
        const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET' && method === 'GET' && !isSecondTry;
        if (isStale) this.stream(sent, onPiece, true).then(resolve, reject);
        else reject(error);
      });
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private receive(response: IncomingMessage, path: string, onPiece: (piece: string) => void): Promise<void> {
    const isOk = response.statusCode === 200;
    let problem = '';
    response.setEncoding('utf8');
    response.on('data', (piece: string) => {
      if (isOk) onPiece(piece);
      else problem += piece;
    });
    return new Promise((resolve, reject) => {
      response.once('error', reject);
      response.once('aborted', () => reject(new Error(`${path.split('?')[0]}: the connection broke`)));
      response.once('end', () => {
        if (isOk) resolve();
        else reject(new Error(`${path.split('?')[0]}: ${response.statusCode} ${problem.slice(0, 300)}`));
      });
    });
  }
}

export function queryPath(procedure: string, input: unknown): string {
  return `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
}

function read<T>(text: string): T {
  return (JSON.parse(text) as { result: { data: { json: T } } }).result.data.json;
}
