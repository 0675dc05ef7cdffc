import { connect, createServer, type Socket } from 'node:net';

interface Line {
  /** "http://127.0.0.1:PORT". */
  url: string;
  /** Returns the number of dropped connections so far. */
  cuts(): number;
  close(): void;
}

/** Starts a proxy that resets connections. `nextCut` returns after how many bytes from the server, or null to stop. */
export async function startTornLine(target: string, nextCut: () => number | null): Promise<Line> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), new URL(target).hostname);
    let left = nextCut();
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      if (left === null || bytes.length < left) {
        if (left !== null) left -= bytes.length;
        client.write(bytes);
        return;
      }
      cuts += 1;
      // Destroy the socket only after the first part is sent, because a reset would discard it.
      client.write(bytes.subarray(0, left), () => client.destroy());
      upstream.destroy();
    });
    upstream.on('end', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    cuts: () => cuts,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
