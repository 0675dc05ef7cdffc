import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { isAppError } from '@lorebox/contract/errors';
import { parseUrl, resolvePublic } from '../../fetch/pinned-agent.ts';

/**
 * A loopback proxy for a browser. All requests of a page and its scripts go through the same guard as our own requests,
 * to the checked address.
 */
export async function startGuardingProxy(allow: readonly string[]): Promise<{ url: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((incoming, outgoing) => void forward(incoming, outgoing, allow));
  server.on('connection', (socket) => keep(sockets, socket));
  server.on('connect', (incoming, socket: Socket, head) => void tunnel(incoming, socket, head, allow, sockets));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sockets.delete(socket));
}

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, allow: readonly string[]): Promise<void> {
  try {
    const url = parseUrl(incoming.url ?? '');
    const { address } = await resolvePublic(url, allow);
    const { 'proxy-connection': _, ...headers } = incoming.headers;
    const asked = { host: address, port: url.port || 80, path: url.pathname + url.search, method: incoming.method };
    const upstream = request({ ...asked, headers: { ...headers, host: url.host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  } catch (error) {
    outgoing.writeHead(403).end(isAppError(error) ? error.message : '');
  }
}

async function tunnel(
  incoming: IncomingMessage,
  socket: Socket,
  head: Buffer,
  allow: readonly string[],
  sockets: Set<Socket>,
): Promise<void> {
  keep(sockets, socket);
  try {
    const url = parseUrl(`https://${incoming.url ?? ''}`);
    const { address } = await resolvePublic(url, allow);
    const upstream = connect(Number(url.port || 443), address, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    keep(sockets, upstream);
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  } catch {
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  }
}
