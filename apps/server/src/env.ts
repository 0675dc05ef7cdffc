import { Password, Username } from '@lorebox/contract/user';
import { embedderProviders } from '@lorebox/providers/embedder/registry';
import { parseKeepAlive } from '@lorebox/providers/llm/keep-alive';
import { describeNames, findProvider, type NamedProvider } from '@lorebox/providers/provider-names';
import { rerankerProviders } from '@lorebox/providers/reranker/registry';
import { type VectorProviderId, vectorProviders } from '@lorebox/providers/vector/registry';
import { z } from 'zod';

const count = (fallback: number, min = 1, max = 1_000_000) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(fallback);
const url = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .transform((value) => value.replace(/(?<!\/)\/+$/, ''));

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const secondsList = (fallback: string) =>
  z
    .string()
    .regex(/^\d{1,7}(\s*,\s*\d{1,7})*$/, 'must be whole numbers, separated by commas')
    .default(fallback)
    .transform((value) => value.split(',').map(Number));

const nameOf = (providers: Readonly<Record<string, NamedProvider>>, others: readonly string[] = []) =>
  z.string().refine((name) => others.includes(name) || findProvider(providers, name) !== null, {
    error: `must be ${describeNames(providers, others)}`,
  });

const VECTOR_BACKENDS = ['sqlite', ...(Object.keys(vectorProviders) as VectorProviderId[])] as const;

/** All settings of the server. `pnpm gen` generates docs/configuration.md and .env.example from them. */
export const Env = z.object({
  LOREBOX_DATA_DIR: z.string().min(1).default('./data').describe('Data folder for the database, documents and models.'),
  PORT: count(3001, 0, 65_535).describe('Port to listen on. 0 picks a free port.'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on. 0.0.0.0 makes the server reachable from the network.'),
  LOREBOX_ADMIN_USERNAME: Username.optional().describe(
    'Username of the first admin, created when the database is empty. Requires LOREBOX_ADMIN_PASSWORD.',
  ),
  LOREBOX_ADMIN_PASSWORD: Password.optional().describe('Password of the first admin, with LOREBOX_ADMIN_USERNAME.'),
  LOREBOX_API_KEY: z
    .string()
    .min(16, 'must have at least 16 characters')
    .max(200)
    .optional()
    .describe(
      'API key with all permissions, created when the database is empty. At least 16 characters. The CLI uses the same variable.',
    ),
  LOREBOX_PUBLIC_URL: url
    .optional()
    .describe('Public URL of the server, if it differs from the listen address, such as behind a reverse proxy.'),
  LOREBOX_CORS_ORIGINS: list
    .transform((origins) => origins.map((origin) => origin.replace(/(?<!\/)\/+$/, '')))
    .default([])
    .describe(
      'Origins of other websites that may call the API with a key, separated by commas; * allows all. They can never use session cookies.',
    ),
  LOREBOX_TRUST_PROXY: z
    .stringbool()
    .default(false)
    .describe('Whether to read the client address from X-Forwarded-For. Enable this only behind a trusted proxy.'),
  LOREBOX_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Minimum level of log messages.'),
  LOREBOX_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Default chat model, such as "ollama:llama3.2". If unset: Ollama if available, else a GGUF file, else quoted passages.',
    ),
  LOREBOX_CONTEXT_WINDOW: count(8192, 1024).describe(
    'Context window of local models in tokens. Rounded to one of a few fixed sizes and capped by the model.',
  ),
  LOREBOX_MAX_ANSWER_TOKENS: count(1024, 16, 131_072).describe(
    'Maximum length of an answer in tokens, for workspaces without their own limit. At most half of the context window.',
  ),
  LOREBOX_FIRST_TOKEN_SECONDS: count(8, 0, 3600).describe(
    'Target in seconds for the first word of an answer. A local model receives only as many passages as it can read in this time. 0 means no target.',
  ),
  LOREBOX_OLLAMA_URL: url.default('http://127.0.0.1:11434').describe('URL of Ollama.'),
  LOREBOX_OLLAMA_KEEP_ALIVE: z
    .string()
    .transform((value, context) => {
      const keepAlive = parseKeepAlive(value);
      if (keepAlive !== null) return keepAlive;
      context.addIssue('must be seconds such as 1800, a duration such as 30m or 1h30m, or -1 to keep it loaded');
      return z.NEVER;
    })
    .default('30m')
    .describe(
      'Time that Ollama keeps a model loaded after a question: seconds such as 1800, or a duration such as 30m or 1h30m. -1 keeps it loaded, 0 unloads it at once.',
    ),
  LOREBOX_OPENAI_URL: url
    .optional()
    .describe('Base URL of an OpenAI-compatible server, such as http://127.0.0.1:8080/v1.'),
  LOREBOX_OPENAI_API_KEY: z.string().max(500).optional().describe('API key for LOREBOX_OPENAI_URL.'),
  LOREBOX_MODELS_DIR: z
    .string()
    .optional()
    .describe('Folder with .gguf files. Default: the folder "models" in the data folder.'),
  LOREBOX_EMBEDDER: nameOf(embedderProviders)
    .default('shipped')
    .describe(
      'Embedder: "shipped" (works offline; English or multilingual, as the documents need), "shipped:english", "shipped:multilingual", "ollama:MODEL" or "openai:MODEL".',
    ),
  LOREBOX_RERANKER: nameOf(rerankerProviders, ['off'])
    .default('off')
    .describe(
      'Reranker: "off", "onnx:Xenova/ms-marco-MiniLM-L-6-v2" (or another ONNX model), "gguf:FILE" or "http:MODEL".',
    ),
  LOREBOX_RERANK_TIMEOUT_MS: count(1500, 10, 600_000).describe(
    'Reranker timeout in milliseconds. When it is exceeded, search returns results without reranking, with a notice.',
  ),
  LOREBOX_RERANK_URL: url.optional().describe('Base URL of a rerank server, such as http://127.0.0.1:8080/v1.'),
  LOREBOX_RERANK_API_KEY: z.string().max(500).optional().describe('API key for LOREBOX_RERANK_URL.'),
  LOREBOX_HUB_URL: z
    .union([z.literal('off'), url])
    .default('https://huggingface.co')
    .describe('URL of the model hub for downloading missing models. "off" disables downloads.'),
  LOREBOX_ALLOWED_MODELS: list
    .optional()
    .describe(
      'Chat models that workspaces may use, separated by commas; * matches any characters. If unset: local models, Ollama, and LOREBOX_MODEL.',
    ),
  LOREBOX_ALLOWED_EMBEDDERS: list
    .optional()
    .describe(
      'Embedders that workspaces may use, separated by commas. If unset: local embedders, Ollama, and LOREBOX_EMBEDDER.',
    ),
  LOREBOX_ALLOWED_RERANKERS: list
    .optional()
    .describe(
      'Rerankers that workspaces may use, separated by commas. If unset: local rerankers and LOREBOX_RERANKER.',
    ),
  LOREBOX_ALLOWED_CONNECTORS: list
    .default(['*'])
    .describe('Source connectors that may be used, separated by commas; * allows all.'),
  LOREBOX_MAX_MODEL_MB: count(20_480).describe('Maximum size of a model download in MB.'),
  LOREBOX_MAX_UPLOAD_MB: count(512).describe('Maximum size of an uploaded file in MB.'),
  LOREBOX_MAX_BODY_MB: count(128).describe(
    'Maximum size in MB of JSON requests with texts or images. Other requests are limited to 1 MB, or 64 KB without credentials.',
  ),
  LOREBOX_BODY_IDLE_SECONDS: count(30, 1, 3600).describe(
    'Idle timeout of requests and uploads in seconds. A request that sends no data for this long is closed.',
  ),
  LOREBOX_REQUESTS_PER_MINUTE: count(0, 0).describe(
    'Requests per minute and client address. 0 means no limit. Login attempts are always limited.',
  ),
  LOREBOX_USER_REQUESTS_PER_MINUTE: count(0, 0).describe('Requests per minute and user. 0 means no limit.'),
  LOREBOX_KEY_REQUESTS_PER_MINUTE: count(0, 0).describe(
    'Requests per minute and API key, for keys without their own limit. 0 means no limit.',
  ),
  LOREBOX_MAX_CALLS: count(256).describe('Concurrent calls per user or API key.'),
  LOREBOX_MAX_STREAMS: count(1000).describe('Concurrent streams per user or API key.'),
  LOREBOX_MAX_SOCKET_STREAMS: count(100).describe('Concurrent streams per WebSocket.'),
  LOREBOX_MAX_UPLOADS: count(32).describe('Concurrent upload requests per user or API key.'),
  LOREBOX_MAX_ANSWERS: count(32).describe('Concurrent answers per user or API key.'),
  LOREBOX_MAX_WORKSPACE_ANSWERS: count(64).describe('Concurrent answers per workspace.'),
  LOREBOX_MAX_ADDRESS_CONNECTIONS: count(2048).describe('Concurrent connections per client address.'),
  LOREBOX_MAX_ADDRESS_SOCKETS: count(100).describe('Concurrent WebSockets per client address.'),
  LOREBOX_MAX_DOCUMENTS: count(200_000, 1, 100_000_000).describe('Maximum number of documents per workspace.'),
  LOREBOX_MAX_WORKSPACE_MB: count(102_400, 0, 1_000_000_000).describe(
    'Maximum total size of the files per workspace in MB. 0 means no limit.',
  ),
  LOREBOX_MIN_FREE_DISK_MB: count(512, 0, 1_000_000_000).describe(
    'Free disk space in MB that uploads must leave on the disk of the data folder.',
  ),
  LOREBOX_DRAIN_SECONDS: count(10, 0, 3600).describe(
    'Seconds that answers in progress may take to finish when the server stops. After that, they fail with ANSWER_INTERRUPTED and keep their text.',
  ),
  LOREBOX_EVENT_RETENTION_DAYS: count(30, 1, 3650).describe('Days to keep events and webhook deliveries.'),
  LOREBOX_AUDIT_RETENTION_DAYS: count(365, 1, 3650).describe('Days to keep the audit log.'),
  LOREBOX_WEBHOOK_TIMEOUT_SECONDS: count(15, 1, 300).describe(
    'Webhook timeout in seconds. The delivery attempt fails when it is exceeded.',
  ),
  LOREBOX_WEBHOOK_RETRY_SECONDS: secondsList('5,300,1800,7200,18000,36000,50400,72000,86400').describe(
    'Delays in seconds between the attempts of a webhook delivery. After the last one, the delivery fails.',
  ),
  LOREBOX_INGEST_CONCURRENCY: count(16, 1, 256).describe('Number of documents to process concurrently.'),
  LOREBOX_DOCUMENT_SECONDS: count(120, 1, 86_400).describe(
    'Timeout in seconds for splitting one document into passages. The document fails when it is exceeded three times.',
  ),
  LOREBOX_PARSE_CONCURRENCY: count(2, 1, 64).describe(
    'Number of files to parse concurrently, each in its own process.',
  ),
  LOREBOX_PARSE_TIMEOUT_SECONDS: count(180, 1, 86_400).describe(
    'Parser timeout in seconds. The file fails when it is exceeded.',
  ),
  LOREBOX_PARSE_MEMORY_MB: count(1024, 64).describe('Parser memory limit in MB. The file fails when it is exceeded.'),
  LOREBOX_PARSER_SANDBOX: z
    .enum(['auto', 'off', 'require'])
    .default('auto')
    .describe(
      'Parser isolation: "auto" uses bubblewrap if it works, "require" doesn\'t start without it, "off" never uses it.',
    ),
  LOREBOX_OCR: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Text recognition (OCR) for scans and images. With "off", these files fail with a reason.'),
  LOREBOX_OCR_LANGUAGES: z
    .string()
    .regex(/^\w+(\s*,\s*\w+)*$/, 'must be language codes, separated by commas')
    .pipe(list)
    .default(['eng'])
    .describe('Languages of scans, most frequent first, such as eng,deu. See docs/ocr.md for how to add one.'),
  LOREBOX_OCR_MIN_CONFIDENCE: count(0, 0, 100).describe(
    'Minimum OCR confidence of a page in percent. Pages below it are stored but not searched. 0 searches all.',
  ),
  LOREBOX_OCR_CONCURRENCY: count(1, 1, 64).describe(
    'Number of scans and images to recognize concurrently. Each uses a full CPU core.',
  ),
  LOREBOX_OCR_PAGE_SECONDS: count(120, 5, 3600).describe(
    'OCR timeout per page in seconds. The page is skipped when it is exceeded. A whole scan has no timeout.',
  ),
  LOREBOX_SPEECH: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Transcription of audio and video recordings. With "off", these files fail with a reason.'),
  LOREBOX_SPEECH_MODEL: z
    .string()
    .max(500)
    .default('shipped')
    .describe(
      'Transcription model: "shipped" (Whisper base), a file in the folder models/speech of the data folder, a model at LOREBOX_SPEECH_URL, or "openai:MODEL" at LOREBOX_OPENAI_URL.',
    ),
  LOREBOX_SPEECH_URL: url
    .optional()
    .describe(
      'Base URL of a transcription server with /audio/transcriptions, such as http://127.0.0.1:8000/v1. If unset, transcription runs locally.',
    ),
  LOREBOX_SPEECH_API_KEY: z.string().max(500).optional().describe('API key for LOREBOX_SPEECH_URL.'),
  LOREBOX_SPEECH_LANGUAGE: z
    .string()
    .regex(/^(auto|[a-z]{2,3})$/, 'must be "auto" or a language code such as en or de')
    .default('auto')
    .describe('Language of recordings. "auto" detects it per recording.'),
  LOREBOX_SPEECH_MINUTE_SECONDS: count(300, 5, 3600).describe(
    'Transcription timeout in seconds per minute of audio. A whole recording has no timeout.',
  ),
  LOREBOX_FETCH_ALLOW: list
    .transform((hosts) => hosts.map((host) => host.toLowerCase()))
    .default([])
    .describe(
      'Private hosts that may be fetched from, synced and sent webhooks, separated by commas: wiki.intranet (ports 80 and 443), 10.0.0.7:8080, nas.lan:* (all ports).',
    ),
  LOREBOX_SOURCE_FOLDERS: list
    .default([])
    .describe(
      'Folders that sources may read, including subfolders, separated by commas, such as /srv/documents. Empty: none.',
    ),
  LOREBOX_SOURCE_CONCURRENCY: count(4, 1, 64).describe('Number of sources to sync concurrently.'),
  LOREBOX_SOURCE_TIMEOUT_SECONDS: count(60, 1, 3600).describe(
    'Timeout of requests to a source in seconds without a response.',
  ),
  LOREBOX_SOURCE_STALL_SECONDS: count(60, 1, 3600).describe(
    'Seconds without progress after which the sync process is restarted. A source that was running three times in a row is disabled.',
  ),
  LOREBOX_SOURCE_RETRY_SECONDS: secondsList('60,300,900').describe(
    'Delays in seconds between the attempts of a sync run. After the last one, it fails until its next scheduled run.',
  ),
  LOREBOX_CHROMIUM: z
    .string()
    .optional()
    .describe('Path of Chromium, such as /usr/bin/chromium, for websites that need JavaScript.'),
  LOREBOX_CHROMIUM_SANDBOX: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Chromium sandbox. Use "off" only if the machine doesn\'t support it: pages then run with the permissions of the server.',
    ),
  LOREBOX_VECTOR_CACHE_MB: count(512, 0).describe(
    'Memory in MB for caching vectors. The least recently used workspaces are evicted first; the one in use is kept.',
  ),
  LOREBOX_VECTOR_BACKEND: z
    .enum(VECTOR_BACKENDS)
    .default('sqlite')
    .describe(`Vector backend for vector search: ${VECTOR_BACKENDS.join(', ')}. See docs/vector-backends.md.`),
  LOREBOX_VECTOR_URL: z
    .string()
    .max(2000)
    .optional()
    .describe('URL of the vector backend, such as http://127.0.0.1:6333. For LanceDB: a folder.'),
  LOREBOX_VECTOR_API_KEY: z
    .string()
    .max(2000)
    .optional()
    .describe('API key or token of the vector backend, if it requires one.'),
  LOREBOX_PARENT_PID: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .optional()
    .describe('Parent process id, set by `npm start`. The server exits with that process.'),
});
export type Env = z.infer<typeof Env>;
