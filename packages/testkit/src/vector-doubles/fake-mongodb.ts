import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { Refusal } from './http-double.ts';
import { PointTable } from './point-table.ts';

interface Fields {
  workspace: string;
  document: string;
  tokens: string[];
}
type Condition = Record<string, { $eq?: string; $in?: string[] }>;
interface VectorSearch {
  index: string;
  path: string;
  queryVector: number[];
  numCandidates: number;
  limit: number;
  filter: { $and: Condition[] };
}
interface Command {
  [name: string]: unknown;
  updates?: { q: { _id: number }; u: Fields & { vector: number[] }; upsert?: boolean }[];
  deletes?: { q: { _id?: { $in: number[] }; workspace?: string } }[];
  indexes?: { name: string; type: string; definition: { fields: { type: string; numDimensions?: number }[] } }[];
  pipeline?: Record<string, object>[];
  filter?: { name?: string };
}

/** Starts the commands of MongoDB Atlas that we use, over its wire protocol (OP_MSG). */
export async function startFakeMongodb(): Promise<{ url: string; close(): Promise<void> }> {
  const tables = new Map<string, PointTable<Fields> | null>();
  const definitions = new Map<string, NonNullable<Command['indexes']>[number]>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    serve(socket, run);
  });

  function run(command: Command): Record<string, unknown> {
    const [name = '', target] = Object.entries(command)[0] ?? [];
    const collection = String(target);
    const table = tables.get(collection);
    if (/^(hello|ismaster)$/i.test(name)) return HELLO;
    if (['ping', 'endSessions', 'createIndexes'].includes(name)) return {};
    if (name === 'listCollections')
      return cursor(
        [...tables.keys()]
          .filter((one) => one === command.filter?.name)
          .map((one) => ({ name: one, type: 'collection' })),
      );
    if (name === 'create') {
      tables.set(collection, null);
      return {};
    }
    if (name === 'createSearchIndexes') {
      const [index] = command.indexes ?? [];
      const dimension = index?.definition.fields.find(({ type }) => type === 'vector')?.numDimensions;
      if (index?.type !== 'vectorSearch' || dimension === undefined) throw new Refusal(2, 'bad index definition');
      tables.set(collection, new PointTable(dimension));
      definitions.set(collection, index);
      return { indexesCreated: [{ id: 'x', name: index.name }] };
    }
    if (name === 'update') {
      if (!table) throw new Refusal(2, 'the double knows no collection without a search index');
      for (const { q, u } of command.updates ?? []) {
        const { vector, ...fields } = u;
        table.put({ id: q._id, vector, fields });
      }
      return { n: command.updates?.length ?? 0, nModified: 0 };
    }
    if (name === 'delete') {
      for (const { q } of command.deletes ?? [])
        table?.removeWhere(
          ({ fields, id }) => fields.workspace === q.workspace || Boolean(q._id?.$in.includes(Number(id))),
        );
      return { n: 0 };
    }
    if (name === 'drop') {
      definitions.delete(collection);
      return { existed: tables.delete(collection) };
    }
    if (name === 'aggregate') return cursor(aggregate(collection, command.pipeline ?? []));
    throw new Refusal(59, `no such command: '${name}'`);
  }

  function aggregate(collection: string, [first = {}]: Record<string, object>[]): object[] {
    const table = tables.get(collection);
    if (first.$listSearchIndexes) {
      const index = definitions.get(collection);
      return index ? [{ name: index.name, type: index.type, queryable: true, latestDefinition: index.definition }] : [];
    }
    if (first.$match) {
      const { workspace } = first.$match as { workspace: string };
      const n = table?.count(({ fields }) => fields.workspace === workspace) ?? 0;
      return n === 0 ? [] : [{ _id: 1, n }];
    }
    const search = first.$vectorSearch as VectorSearch | undefined;
    if (!search) throw new Refusal(40_324, 'Unrecognized pipeline stage name');
    if (search.limit > search.numCandidates)
      throw new Refusal(8, 'limit should be less than or equal to numCandidates');
    const fits = ({ fields }: { fields: Fields }) =>
      search.filter.$and.every((condition) => matches(fields, condition));
    const found = table?.nearest(search.queryVector, search.limit, fits) ?? [];
    return found.map(({ point, score }) => ({ _id: point.id, score: (1 + score) / 2 }));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/library?directConnection=true`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const HELLO = {
  ...{ isWritablePrimary: true, ismaster: true, helloOk: true, minWireVersion: 0, maxWireVersion: 25 },
  ...{ maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000 },
};
const OP_MSG = 2013;
const OP_QUERY = 2004;

function cursor(firstBatch: object[]): Record<string, unknown> {
  return { cursor: { id: BSON.Long.ZERO, ns: 'library.x', firstBatch } };
}

function matches(fields: Fields, condition: Condition): boolean {
  const known: Record<string, string | string[]> = { ...fields };
  return Object.entries(condition).every(([name, { $eq, $in }]) => {
    const wanted = $in ?? [$eq];
    return [known[name] ?? []].flat().some((value) => wanted.includes(value));
  });
}

function serve(socket: Socket, run: (command: Command) => Record<string, unknown>): void {
  let waiting = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
      const length = waiting.readInt32LE(0);
      answer(socket, waiting.subarray(0, length), run);
      waiting = waiting.subarray(length);
    }
  });
}

function answer(socket: Socket, message: Buffer, run: (command: Command) => Record<string, unknown>): void {
  const id = message.readInt32LE(4);
  const isQuery = message.readInt32LE(12) === OP_QUERY;
  let reply: Record<string, unknown>;
  try {
    reply = { ...run(isQuery ? readQuery(message) : readMessage(message)), ok: 1 };
  } catch (error) {
    const code = error instanceof Refusal ? error.status : 1;
    reply = { ok: 0, errmsg: error instanceof Error ? error.message : String(error), code };
  }
  const body = BSON.serialize(reply);
  // OP_REPLY has flags, cursor, start and count before its document. OP_MSG has flags and the section type.
  const head = isQuery ? Buffer.alloc(36) : Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(isQuery ? 1 : OP_MSG, 12);
  if (isQuery) head.writeInt32LE(1, 32);
  socket.write(Buffer.concat([head, body]));
}

function readQuery(message: Buffer): Command {
  const start = message.indexOf(0, 20) + 9;
  return BSON.deserialize(message.subarray(start)) as Command;
}

/** Returns the body, merged with document sequences from other sections. */
function readMessage(message: Buffer): Command {
  let command: Command = {};
  const lists: Record<string, object[]> = {};
  const hasChecksum = (message.readUInt32LE(16) & 1) === 1;
  const end = message.length - (hasChecksum ? 4 : 0);
  for (let at = 20; at < end; ) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    if (kind === 0) command = BSON.deserialize(message.subarray(at + 1, at + 1 + size)) as Command;
    else {
      const nameEnd = message.indexOf(0, at + 5);
      const documents: object[] = [];
      for (let next = nameEnd + 1; next < at + 1 + size; next += message.readInt32LE(next))
        documents.push(BSON.deserialize(message.subarray(next, next + message.readInt32LE(next))));
      lists[message.toString('utf8', at + 5, nameEnd)] = documents;
    }
    at += 1 + size;
  }
  return { ...command, ...lists } as Command;
}
