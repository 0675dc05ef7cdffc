import { installGoProgram, missingGo } from '@lorebox/testkit/go-toolchain';
import { freePort, startServerProcess } from '@lorebox/testkit/server-process';
import { testVectorBackend } from '@lorebox/testkit/vector-conformance';
import { it } from 'vitest';
import { createWeaviateBackend } from './weaviate.ts';

const SERVER = 'github.com/weaviate/weaviate/cmd/weaviate-server';
const { program, missing } = install();

/** Weaviate's own server, built from its Go module. */
if (program === null) it.skip(`Weaviate: ${missing}`, () => {});
else
  testVectorBackend('Weaviate', async () => {
    const [grpc, ...cluster] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    const [gossip = 0, raft = 0, rpc = 0] = cluster;
    const server = await startServerProcess(
      program,
      (port) => ['--scheme', 'http', '--host', '127.0.0.1', '--port', String(port)],
      (folder) => ({
        PERSISTENCE_DATA_PATH: folder,
        AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: 'true',
        DISABLE_TELEMETRY: 'true',
        GRPC_PORT: String(grpc),
        CLUSTER_HOSTNAME: 'node1',
        CLUSTER_ADVERTISE_ADDR: '127.0.0.1',
        CLUSTER_GOSSIP_BIND_PORT: String(gossip),
        CLUSTER_DATA_BIND_PORT: String(gossip + 1),
        RAFT_PORT: String(raft),
        RAFT_INTERNAL_RPC_PORT: String(rpc),
        RAFT_BOOTSTRAP_EXPECT: '1',
      }),
    );
    return {
      backend: createWeaviateBackend({ url: `http://127.0.0.1:${server.port}?grpc=127.0.0.1:${grpc}` }),
      down: createWeaviateBackend({ url: 'http://127.0.0.1:9?grpc=127.0.0.1:9' }),
      close: server.close,
    };
  });

function install(): { program: string | null; missing: string | null } {
  const missing = missingGo();
  if (missing) return { program: null, missing };
  try {
    return { program: installGoProgram(SERVER, 'v1.30.0'), missing: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { program: null, missing: `needs its Go module: ${reason.slice(0, 300)}` };
  }
}
