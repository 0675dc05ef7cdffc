import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { createPgvectorBackend } from './pgvector.ts';

/** Real PostgreSQL with pgvector, as WebAssembly, behind a real socket. */
testVectorBackend('PostgreSQL with pgvector', async () => {
  const db = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 20 });
  await server.start();
  const { port } = new URL(`tcp://${server.getServerConn()}`);
  return {
    backend: createPgvectorBackend({ url: `postgres://postgres:secret@127.0.0.1:${port}/postgres` }),
    down: createPgvectorBackend({ url: 'postgres://postgres:secret@127.0.0.1:9/postgres' }),
    async close() {
      await server.stop();
      await db.close();
    },
  };
});
