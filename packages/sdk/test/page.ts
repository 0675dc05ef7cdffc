import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves a page with a script and proxies the API on the same origin, as when Lorebox is behind a proxy. */
export async function servePage(script: string, apiUrl: string): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/') {
      outgoing
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><script type="module" src="/page.js"></script>');
    } else if (incoming.url === '/page.js') {
      outgoing.setHeader('content-type', 'text/javascript').end(script);
    } else {
      const { method, headers } = incoming;
      const onward = request(new URL(incoming.url ?? '', apiUrl), { method, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      incoming.pipe(onward);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
