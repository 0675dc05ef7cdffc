import type { TableEngine } from '@lorebox/ports/table-engine';
import { runTableQueries } from '@lorebox/storage/tables/run-table-queries';

/** The server's table engine without its thread. */
export const inlineTables: TableEngine = {
  query: async (table, statements) => runTableQueries(table, statements),
  close: async () => {},
};
