import { parseFile } from './parse-file.ts';
import { serveRequests } from './serve-requests.ts';

serveRequests(parseFile);
