export interface RobotsFile {
  isAllowed(url: URL): boolean;
  sitemaps: string[];
  /** Seconds; null if no delay is set. */
  crawlDelay: number | null;
}

interface Rule {
  pattern: string;
  isAllowed: boolean;
}

/** Limit for untrusted files. Further rules are ignored. */
const MAX_RULES = 1000;
const MAX_PATTERN_LENGTH = 500;
const MAX_SITEMAPS = 1000;

/** Parses a robots.txt (RFC 9309) for `agent`: the rules of its own groups, or else those for all agents. */
export function parseRobots(text: string, agent: string): RobotsFile {
  const groups = new Map<string, { rules: Rule[]; delay: number | null }>();
  const wanted = agent.toLowerCase();
  const sitemaps: string[] = [];
  let current = new Set<string>();
  let isNaming = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [name, value] = readLine(line);
    if (name === 'sitemap' && value !== '' && sitemaps.length < MAX_SITEMAPS) sitemaps.push(value);
    if (name === 'user-agent') {
      if (!isNaming) current = new Set();
      const named = value.toLowerCase().split('/', 1)[0]?.trim() ?? '';
      if (named === wanted || named === '*') current.add(named);
      if (current.has(named) && !groups.has(named)) groups.set(named, { rules: [], delay: null });
    } else if (name === 'allow' || name === 'disallow') {
      for (const each of current) addRule(groups.get(each)?.rules ?? [], value, name === 'allow');
    } else if (name === 'crawl-delay') {
      const seconds = value === '' ? Number.NaN : Number(value);
      for (const each of current) {
        const group = groups.get(each);
        if (group && Number.isFinite(seconds)) group.delay = seconds;
      }
    }
    if (name !== '') isNaming = name === 'user-agent';
  }
  const { rules, delay } = groups.get(wanted) ?? groups.get('*') ?? { rules: [], delay: null };
  return { isAllowed: (url) => decide(rules, url), sitemaps, crawlDelay: delay };
}

function readLine(line: string): [name: string, value: string] {
  const said = line.split('#', 1)[0] ?? '';
  const colon = said.indexOf(':');
  return colon < 0 ? ['', ''] : [said.slice(0, colon).trim().toLowerCase(), said.slice(colon + 1).trim()];
}

function addRule(rules: Rule[], value: string, isAllowed: boolean): void {
  if (value === '' || value.length > MAX_PATTERN_LENGTH || rules.length >= MAX_RULES) return;
  rules.push({ pattern: encode(value), isAllowed });
}

/** Encodes like URLs do: other characters as %XX in uppercase. */
function encode(pattern: string): string {
  return upperHex(encodeURI(pattern.toWellFormed()).replaceAll('%25', '%'));
}

function upperHex(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
}

/** The longest matching rule decides. If two have the same length, the one that allows wins. */
function decide(rules: readonly Rule[], { pathname, search }: URL): boolean {
  const path = upperHex(pathname + search);
  let best: Rule | null = null;
  for (const rule of rules) {
    const length = best?.pattern.length ?? -1;
    const isBetter = rule.pattern.length > length || (rule.pattern.length === length && rule.isAllowed);
    if (isBetter && matchesRule(rule.pattern, path)) best = rule;
  }
  return best?.isAllowed ?? true;
}

/** `*` matches anything, and `$` at the end matches the end. Otherwise the path must start with the pattern. */
function matchesRule(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...pieces] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  const last = isWhole ? pieces.pop() : undefined;
  let at = first.length;
  for (const piece of pieces) {
    const next = path.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  if (!isWhole) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}
