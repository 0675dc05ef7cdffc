import { resolve } from 'node:path';
import { Password, Username } from '@lorebox/contract/user';
import { z } from 'zod';

const count = (fallback: number, min = 1, max = 1_000_000) =>
  z.string().regex(/^\d+$/, 'a whole number').transform(Number).pipe(z.number().min(min).max(max)).default(fallback);
const url = z
  .url({ protocol: /^https?$/, error: 'an http(s) address' })
  .transform((value) => value.replace(/(?<!\/)\/+$/, ''));

const patterns = z.string().transform((value) =>
  value
    .split(',')
    .map((pattern) => pattern.trim())
    .filter(Boolean),
);

/** "sqlite": no other one. */
const VECTOR_BACKENDS = [
  'sqlite',
  'pgvector',
  'qdrant',
  'elasticsearch',
  'mongodb',
  'lancedb',
  'chroma',
  'milvus',
  'weaviate',
  'pinecone',
] as const;
/** These know where to look without an address. */
const NEED_NO_URL = ['sqlite', 'lancedb'];

/** Every setting of the server. docs/configuration.md and .env.example are made from it by `pnpm gen`. */
export const Env = z.object({
  LOREBOX_DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder for everything that is kept: database, documents, models.'),
  PORT: count(3001, 0, 65_535).describe('Port to listen on; 0 takes a free one.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 opens it to the network.'),
  LOREBOX_ADMIN_USERNAME: Username.optional().describe(
    'With the password: the first admin, made on an empty database.',
  ),
  LOREBOX_ADMIN_PASSWORD: Password.optional().describe('Password of that first admin.'),
  LOREBOX_API_KEY: z
    .string()
    .min(16, 'at least 16 characters')
    .max(200)
    .optional()
    .describe('On an empty database this key is registered with all rights. The command line reads it too.'),
  LOREBOX_PUBLIC_URL: url.optional().describe('The address that people use, if it is another one (behind a proxy).'),
  LOREBOX_CORS_ORIGINS: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((origin) => origin.trim().replace(/(?<!\/)\/+$/, ''))
        .filter(Boolean),
    )
    .describe(
      'Other web pages that may call the API with a key, as origins separated by commas; * for all. Cookies stay ours.',
    ),
  LOREBOX_TRUST_PROXY: z.stringbool().default(false).describe('Take the client address from X-Forwarded-For.'),
  LOREBOX_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least level that is logged.'),
  LOREBOX_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe('Default model, such as "ollama:llama3.2". Unset: Ollama if it answers, else a GGUF file, else quoting.'),
  LOREBOX_CONTEXT_WINDOW: count(8192, 1024).describe(
    'Tokens of prompt and answer for local models; taken from a fixed ladder, capped by the model.',
  ),
  LOREBOX_OLLAMA_URL: url.default('http://127.0.0.1:11434').describe('Where Ollama answers.'),
  LOREBOX_OLLAMA_KEEP_ALIVE: z
    .string()
    .max(20)
    .default('30m')
    .describe('How long Ollama keeps a model loaded after a question.'),
  LOREBOX_OPENAI_URL: url
    .optional()
    .describe('Base address of an OpenAI-compatible server, such as http://127.0.0.1:8080/v1.'),
  LOREBOX_OPENAI_API_KEY: z.string().max(500).optional().describe('Key for that server.'),
  LOREBOX_MODELS_DIR: z.string().optional().describe('Folder with .gguf files; default: models in the data folder.'),
  LOREBOX_EMBEDDER: z
    .string()
    .regex(/^(shipped|ollama:.+|openai:.+)$/, '"shipped", "ollama:MODEL" or "openai:MODEL"')
    .default('shipped')
    .describe('What makes the vectors: "shipped" (works offline), "ollama:MODEL" or "openai:MODEL".'),
  LOREBOX_RERANKER: z
    .string()
    .regex(/^(off|onnx:.+|gguf:.+|http:.+)$/, '"off", "onnx:MODEL", "gguf:FILE" or "http:MODEL"')
    .default('off')
    .describe('Judges the best passages once more: "onnx:Xenova/ms-marco-MiniLM-L-6-v2", "gguf:FILE" or "http:MODEL".'),
  LOREBOX_RERANK_TIMEOUT_MS: count(1500, 10, 600_000).describe(
    'After this a search gives its hits without the reranker, and says so.',
  ),
  LOREBOX_RERANK_URL: url.optional().describe('Base address of a rerank server, such as http://127.0.0.1:8080/v1.'),
  LOREBOX_RERANK_API_KEY: z.string().max(500).optional().describe('Key for that server.'),
  LOREBOX_HUB_URL: z
    .union([z.literal('off'), url])
    .default('https://huggingface.co')
    .describe('Where models that are named but not there are fetched from; "off" fetches nothing.'),
  LOREBOX_ALLOWED_MODELS: patterns
    .optional()
    .describe(
      'Models that workspaces may use, separated by commas; * stands for any characters. Unset: local ones, Ollama, and LOREBOX_MODEL.',
    ),
  LOREBOX_ALLOWED_EMBEDDERS: patterns
    .optional()
    .describe('Embedders that workspaces may use. Unset: local ones, Ollama, and LOREBOX_EMBEDDER.'),
  LOREBOX_ALLOWED_RERANKERS: patterns
    .optional()
    .describe('Rerankers that workspaces may use. Unset: local ones and LOREBOX_RERANKER.'),
  LOREBOX_ALLOWED_CONNECTORS: patterns.default(['*']).describe('Connectors that sources may use.'),
  LOREBOX_MAX_MODEL_MB: count(20_480).describe('Largest model that is downloaded.'),
  LOREBOX_MAX_UPLOAD_MB: count(512).describe('Largest file that is accepted.'),
  LOREBOX_MAX_BODY_MB: count(128).describe(
    'Largest request in MB that carries texts or pictures as JSON. Other requests take 1 MB, without a credential 64 KB.',
  ),
  LOREBOX_BODY_IDLE_SECONDS: count(30, 1, 3600).describe(
    'Seconds after which a request or upload that brings nothing more is ended.',
  ),
  LOREBOX_REQUESTS_PER_MINUTE: count(0, 0).describe(
    'Requests per minute and address; 0 is no limit. Logins are always limited.',
  ),
  LOREBOX_USER_REQUESTS_PER_MINUTE: count(0, 0).describe('Requests per minute and user; 0 is no limit.'),
  LOREBOX_KEY_REQUESTS_PER_MINUTE: count(0, 0).describe(
    'Requests per minute and API key, for keys without a limit of their own; 0 is no limit.',
  ),
  LOREBOX_MAX_CALLS: count(256).describe('Calls that one user or key may have in progress at the same time.'),
  LOREBOX_MAX_STREAMS: count(1000).describe('Streams that one user or key may have open at the same time.'),
  LOREBOX_MAX_SOCKET_STREAMS: count(100).describe('Streams that may be open on one WebSocket.'),
  LOREBOX_MAX_UPLOADS: count(32).describe('Upload requests that one user or key may have in progress.'),
  LOREBOX_MAX_ANSWERS: count(32).describe('Answers that may be written for one user or key at the same time.'),
  LOREBOX_MAX_WORKSPACE_ANSWERS: count(64).describe('Answers that may be written in one workspace at the same time.'),
  LOREBOX_MAX_ADDRESS_CONNECTIONS: count(2048).describe('Open connections per client address.'),
  LOREBOX_MAX_ADDRESS_SOCKETS: count(100).describe('Open WebSockets per client address.'),
  LOREBOX_MAX_DOCUMENTS: count(200_000, 1, 100_000_000).describe('Documents that one workspace may hold.'),
  LOREBOX_MAX_WORKSPACE_MB: count(102_400, 0, 1_000_000_000).describe(
    'Size in MB of the files that one workspace may hold; 0 is no limit.',
  ),
  LOREBOX_MIN_FREE_DISK_MB: count(512, 0, 1_000_000_000).describe(
    'Disk space in MB that uploads leave free on the disk of the data folder.',
  ),
  LOREBOX_EVENT_RETENTION_DAYS: count(30, 1, 3650).describe('How long events and webhook deliveries are kept.'),
  LOREBOX_AUDIT_RETENTION_DAYS: count(365, 1, 3650).describe('Days that the audit log is kept.'),
  LOREBOX_WEBHOOK_TIMEOUT_SECONDS: count(15, 1, 300).describe('How long a receiver of webhooks may take to answer.'),
  LOREBOX_WEBHOOK_RETRY_SECONDS: z
    .string()
    .regex(/^\d{1,7}(\s*,\s*\d{1,7})*$/, 'whole numbers, separated by commas')
    .default('5,300,1800,7200,18000,36000,50400,72000,86400')
    .transform((value) => value.split(',').map(Number))
    .describe('Pauses between the tries of a delivery; after the last one it is given up.'),
  LOREBOX_INGEST_CONCURRENCY: count(16, 1, 256).describe('Documents in the works at the same time.'),
  LOREBOX_DOCUMENT_SECONDS: count(120, 1, 86_400).describe(
    'Time for cutting the text of one document into passages. The document fails when it is exceeded three times.',
  ),
  LOREBOX_PARSE_CONCURRENCY: count(2, 1, 64).describe(
    'Files being parsed at the same time, each in a process of its own.',
  ),
  LOREBOX_PARSE_TIMEOUT_SECONDS: count(180, 1, 86_400).describe('After this a parser is ended and the file fails.'),
  LOREBOX_PARSE_MEMORY_MB: count(1024, 64).describe('Memory at which a parser is ended and the file fails.'),
  LOREBOX_PARSER_SANDBOX: z
    .enum(['auto', 'off', 'require'])
    .default('auto')
    .describe(
      'Isolation of parsers: "auto" takes bubblewrap where it works, "require" does not start without it, "off" never takes it.',
    ),
  LOREBOX_OCR: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Text recognition for scans and images; "off" makes them fail with a reason.'),
  LOREBOX_OCR_LANGUAGES: z
    .string()
    .regex(/^\w+(\s*,\s*\w+)*$/, 'language codes, separated by commas')
    .default('eng')
    .transform((value) => value.split(',').map((language) => language.trim()))
    .describe('Languages of scans, the most frequent first: eng,deu. docs/ocr.md says how to add one.'),
  LOREBOX_OCR_CONCURRENCY: count(1, 1, 64).describe(
    'Scans and images being recognised at the same time; each keeps a processor core busy.',
  ),
  LOREBOX_OCR_PAGE_SECONDS: count(120, 5, 3600).describe(
    'After this a page is given up. The whole scan has no limit while its pages advance.',
  ),
  LOREBOX_SPEECH: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Transcription of recordings and videos; "off" makes them fail with a reason.'),
  LOREBOX_SPEECH_MODEL: z
    .string()
    .max(500)
    .default('shipped')
    .describe(
      '"shipped" (Whisper base), a file in models/speech of the data folder, the model of LOREBOX_SPEECH_URL, or "openai:MODEL" of LOREBOX_OPENAI_URL.',
    ),
  LOREBOX_SPEECH_URL: url
    .optional()
    .describe('A server with /audio/transcriptions instead, such as http://127.0.0.1:8000/v1.'),
  LOREBOX_SPEECH_API_KEY: z.string().max(500).optional().describe('Key for that server.'),
  LOREBOX_SPEECH_LANGUAGE: z
    .string()
    .regex(/^(auto|[a-z]{2,3})$/, '"auto" or a language code such as en or de')
    .default('auto')
    .describe('Language of recordings; "auto" finds out for each.'),
  LOREBOX_SPEECH_MINUTE_SECONDS: count(300, 5, 3600).describe(
    'Time for a minute of a recording. The whole has no limit while its minutes advance.',
  ),
  LOREBOX_FETCH_ALLOW: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    )
    .describe(
      'Private hosts that pages and sources may be fetched from and webhooks sent to: wiki.intranet (ports 80 and 443), 10.0.0.7:8080, nas.lan:* (all ports).',
    ),
  LOREBOX_SOURCE_FOLDERS: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((folder) => folder.trim())
        .filter(Boolean),
    )
    .describe(
      'Folders that sources may read, with all below them, separated by commas: /srv/documents. None: no folder.',
    ),
  LOREBOX_SOURCE_CONCURRENCY: count(4, 1, 64).describe('Sources being synced at the same time.'),
  LOREBOX_SOURCE_TIMEOUT_SECONDS: count(60, 1, 3600).describe(
    'How long a source may be silent before a request fails.',
  ),
  LOREBOX_SOURCE_STALL_SECONDS: count(60, 1, 3600).describe(
    'After this without an answer syncing is restarted. A source that was at work three times in a row is disabled.',
  ),
  LOREBOX_SOURCE_RETRY_SECONDS: z
    .string()
    .regex(/^\d{1,7}(\s*,\s*\d{1,7})*$/, 'whole numbers, separated by commas')
    .default('60,300,900')
    .transform((value) => value.split(',').map(Number))
    .describe('Pauses between the tries of a sync; after the last one it is given up until the schedule has it again.'),
  LOREBOX_CHROMIUM: z
    .string()
    .optional()
    .describe('Path of a Chromium, for websites that are made by scripts: /usr/bin/chromium.'),
  LOREBOX_CHROMIUM_SANDBOX: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Sandbox of that Chromium. "off" where the machine can have none: pages then run with the rights of the server.',
    ),
  LOREBOX_VECTOR_CACHE_MB: count(512, 0).describe(
    'Memory for vectors that searches scan; workspaces not asked for longest leave first, the one in use stays.',
  ),
  LOREBOX_VECTOR_BACKEND: z
    .enum(VECTOR_BACKENDS)
    .default('sqlite')
    .describe(`Where searches by meaning look first: ${VECTOR_BACKENDS.join(', ')}. docs/vector-backends.md.`),
  LOREBOX_VECTOR_URL: z
    .string()
    .max(2000)
    .optional()
    .describe('Address of that backend, such as http://127.0.0.1:6333; for LanceDB a folder.'),
  LOREBOX_VECTOR_API_KEY: z.string().max(2000).optional().describe('Key or token for it, where it wants one.'),
  LOREBOX_PARENT_PID: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .optional()
    .describe('Set by `npm start`: the server ends with that process.'),
});
export type Env = z.infer<typeof Env>;

/** The only reader of process.env. Prints every problem at once and exits 1. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = Env.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  if (Boolean(given.LOREBOX_ADMIN_USERNAME) !== Boolean(given.LOREBOX_ADMIN_PASSWORD)) {
    problems.push('  LOREBOX_ADMIN_USERNAME and LOREBOX_ADMIN_PASSWORD belong together.');
  }
  if (String(given.LOREBOX_EMBEDDER ?? '').startsWith('openai:') && !given.LOREBOX_OPENAI_URL) {
    problems.push('  LOREBOX_EMBEDDER: "openai:..." needs LOREBOX_OPENAI_URL.');
  }
  const usesOpenAi = String(given.LOREBOX_SPEECH_MODEL ?? '').startsWith('openai:');
  if (usesOpenAi && !given.LOREBOX_OPENAI_URL && !given.LOREBOX_SPEECH_URL) {
    problems.push('  LOREBOX_SPEECH_MODEL: "openai:..." needs LOREBOX_OPENAI_URL.');
  }
  const backend = String(given.LOREBOX_VECTOR_BACKEND ?? 'sqlite');
  if (!NEED_NO_URL.includes(backend) && !given.LOREBOX_VECTOR_URL)
    problems.push(`  LOREBOX_VECTOR_BACKEND: "${backend}" needs LOREBOX_VECTOR_URL.`);
  if (!parsed.success || problems.length > 0) {
    process.stderr.write(
      `The configuration has ${problems.length} problem(s):\n${problems.join('\n')}\nSee docs/configuration.md.\n`,
    );
    process.exit(1);
  }
  return { ...parsed.data, LOREBOX_DATA_DIR: resolve(parsed.data.LOREBOX_DATA_DIR) };
}
