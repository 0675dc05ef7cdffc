/** Milliseconds since the epoch; tests turn it by hand. */
export interface Clock {
  now(): number;
}

/** Structured log. Never hand it prompts, keys or document text. */
export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** One-way, slow, salted. `verify` does equal work for unknown users: hand it null. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether a password, in lower case, is among those that guessing programs try first. */
  isCommon(password: string): Promise<boolean>;
}

/** Fetches a public address through the SSRF guard, straight to a file. */
export interface UrlFetcher {
  /** @throws AppError URL_REFUSED for an address that may not be fetched, TOO_LARGE, or BAD_REQUEST with the status. */
  fetchToFile(url: string, signal?: AbortSignal): Promise<StagedFile & { finalUrl: string }>;
}

/** Bytes on disk that no row refers to yet; adopting them into the blob store is a rename. */
export interface StagedFile {
  /** Absolute path inside the staging folder. */
  path: string;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
  size: number;
  filename: string;
  contentType: string | null;
}

/** Content-addressed bytes. Writing happens by staging here and adopting in the document store's transaction. */
export interface BlobStore {
  stage(
    stream: AsyncIterable<Uint8Array>,
    about: { filename: string; contentType: string | null; maxBytes: number },
  ): Promise<StagedFile>;
  discard(file: StagedFile): Promise<void>;
  /** @throws AppError STORAGE_FULL when the disk has less left than is kept free; `stage` asks by itself. */
  requireSpace(): Promise<void>;
  /** Absolute path of adopted bytes. */
  pathOf(sha256: string): string;
}

/** Random tokens and their digests. */
export interface Secrets {
  /** 256 random bits as text that is safe in URLs. */
  createToken(): string;
  /** Hex SHA-256. */
  digest(secret: string): string;
}

/** Keeps secrets that have to be read again, such as those that deliveries are signed with: sealed at rest, bound to this server. */
export interface Vault {
  seal(text: string): string;
  /** @throws when it was sealed by another key, or changed. */
  open(sealed: string): string;
}

/** Posts to an address of an admin's choice, through the same guard as `UrlFetcher`. Redirects are not followed. */
export interface WebhookSender {
  /** @throws AppError URL_REFUSED for an address that may not be posted to, BAD_REQUEST for one that can't be found. */
  check(url: string): Promise<void>;
  /** @throws AppError as `check` does, and BAD_REQUEST when nobody answers in time. */
  post(
    url: string,
    request: { headers: Record<string, string>; body: string; signal: AbortSignal },
  ): Promise<{ status: number; retryAfter: string | null }>;
}
