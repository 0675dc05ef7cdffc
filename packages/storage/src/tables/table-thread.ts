import { parentPort } from 'node:worker_threads';
import type { QueryableTable, TableResult } from '@lorebox/ports/table-engine';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';
import { runTableQueries } from './run-table-queries.ts';

const methods = {
  query: ({ table, statements }: { table: QueryableTable; statements: readonly string[] }): TableResult[] =>
    runTableQueries(table, statements),
};
export type TableMethods = typeof methods;

if (parentPort) serveCalls(parentPort, methods);
