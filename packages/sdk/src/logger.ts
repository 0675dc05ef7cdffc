/** One attempt of a call. */
export interface LogEntry {
  level: 'debug' | 'warn';
  /** "request succeeded" or "request failed". */
  message: string;
  /** The procedure, such as "documents.list", or the path of a download. */
  operation: string;
  /** 1 for the first attempt. */
  attempt: number;
  durationMs: number;
  /** HTTP status. Null if there was no response. */
  status: number | null;
  requestId: string | null;
  /** Error code. Null if the attempt succeeded. */
  code: string | null;
}

/** A function, or an object with methods such as `console` or a pino logger. Never receives keys, questions or documents. */
export type Logger =
  | ((entry: LogEntry) => void)
  | { debug(message: string, entry: LogEntry): void; warn(message: string, entry: LogEntry): void };

export function writeLog(logger: Logger, entry: LogEntry): void {
  const { level, message, operation, durationMs } = entry;
  if (typeof logger === 'function') logger(entry);
  else logger[level](`lorebox: ${message}: ${operation} (${durationMs} ms)`, entry);
}
