/** Milliseconds since the epoch. Tests set it manually. */
export interface Clock {
  now(): number;
}

/** Structured log. Never pass prompts, keys or document text to it. */
export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** One-way, slow, salted. `verify` does equal work for unknown users: pass null. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Returns whether a password, in lowercase, is a common password that attackers try first. */
  isCommon(password: string): Promise<boolean>;
}

/** Downloads a public URL to a file through the SSRF guard. */
export interface UrlFetcher {
  /** @throws AppError URL_REFUSED for a blocked address, TOO_LARGE, or BAD_REQUEST with the status. */
  fetchToFile(url: string, signal?: AbortSignal): Promise<StagedFile & { finalUrl: string }>;
}

/** Bytes on disk without a row. They are adopted into the blob store by renaming the file. */
export interface StagedFile {
  /** Absolute path inside the staging folder. */
  path: string;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
  size: number;
  filename: string;
  contentType: string | null;
}

/** Content-addressed bytes. To write, stage them here and adopt them in the transaction of the document store. */
export interface BlobStore {
  stage(
    stream: AsyncIterable<Uint8Array>,
    about: { filename: string; contentType: string | null; maxBytes: number },
  ): Promise<StagedFile>;
  discard(file: StagedFile): Promise<void>;
  /** @throws AppError STORAGE_FULL if free disk space is below the reserve. `stage` checks this itself. */
  requireSpace(): Promise<void>;
  /** Returns the absolute path of adopted bytes. */
  pathOf(sha256: string): string;
}

/** The machine that the server runs on. */
export interface Machine {
  /** Null if the free space can't be read. Uploads are refused below `minFreeBytes`. */
  disk(): Promise<{ freeBytes: number; minFreeBytes: number } | null>;
  isDataWritable(): Promise<boolean>;
  /** Size of the database file with its log. */
  databaseBytes(): Promise<number>;
}

export interface Images {
  /** Returns an SVG without scripts, links and everything else that is active. Null if the text is not an SVG. */
  cleanSvg(text: string): Promise<string | null>;
}

/** Random tokens and their digests. */
export interface Secrets {
  /** Returns 256 random bits as URL-safe text. */
  createToken(): string;
  /** Returns the SHA-256 in hex. */
  digest(secret: string): string;
}

/**
 * Stores secrets that must be readable later, such as webhook signing secrets. They are encrypted at rest with a key of
 * this server.
 */
export interface Vault {
  seal(text: string): string;
  /** @throws if the value was encrypted with another key or modified. */
  open(sealed: string): string;
  /** Returns a signature of the text as URL-safe text: HMAC-SHA-256 with a key of this server. */
  sign(text: string): string;
  /** Compares in constant time. */
  verify(text: string, signature: string): boolean;
}

/** Sends POST requests to a URL set by an admin, through the same guard as `UrlFetcher`. Doesn't follow redirects. */
export interface WebhookSender {
  /** @throws AppError URL_REFUSED for a blocked address, BAD_REQUEST for a host that can't be resolved. */
  check(url: string): Promise<void>;
  /** @throws AppError as `check` does, and BAD_REQUEST on a timeout. */
  post(
    url: string,
    request: { headers: Record<string, string>; body: string; signal: AbortSignal },
  ): Promise<{ status: number; retryAfter: string | null }>;
}
