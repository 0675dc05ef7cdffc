/** One line of an iCalendar or vCard file. */
export interface ContentLine {
  /** What belongs together: "item1" of "item1.TEL". */
  group?: string;
  name: string;
  /** Parameters with capital names. Those without a name, as in vCard 2.1, are under `TYPE`. */
  parameters: Record<string, string>;
  value: string;
}

const LINE = /^(?:([\w-]+)\.)?([\w-]+)((?:;[^:"]{0,200}(?:"[^"]{0,500}"[^:;"]{0,200})*)*):(.*)$/s;

/** Reads the lines of an iCalendar or vCard file, unfolded. */
export function readContentLines(text: string): ContentLine[] {
  const lines: ContentLine[] = [];
  let isQuotedPrintable = false;
  let raw = '';
  const flush = () => {
    const line = raw && parseLine(raw);
    if (line) lines.push(line);
    raw = '';
  };
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (/^[ \t]/.test(line) && raw !== '') raw += line.slice(1);
    else if (isQuotedPrintable && raw.endsWith('=')) raw = raw.slice(0, -1) + line;
    else {
      flush();
      raw = line;
    }
    isQuotedPrintable = /ENCODING=QUOTED-PRINTABLE/i.test(raw.slice(0, 500));
  }
  flush();
  return lines;
}

function parseLine(raw: string): ContentLine | undefined {
  const colon = splitName(raw);
  const hit = LINE.exec(`${raw.slice(0, colon)}:`);
  if (colon < 0 || !hit) return undefined;
  const parameters: Record<string, string> = {};
  for (const part of (hit[3] ?? '').split(';').filter(Boolean)) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? 'TYPE' : part.slice(0, equals).toUpperCase();
    const value = part.slice(equals + 1).replace(/^"|"$/g, '');
    parameters[key] = parameters[key] ? `${parameters[key]},${value}` : value;
  }
  const value = decodeValue(raw.slice(colon + 1), parameters);
  return { name: (hit[2] ?? '').toUpperCase(), parameters, value, ...(hit[1] ? { group: hit[1] } : {}) };
}

/** Returns the index of the colon that ends the name and the parameters, which may be quoted. */
function splitName(raw: string): number {
  let isQuoted = false;
  for (let at = 0; at < Math.min(raw.length, 4000); at++) {
    if (raw[at] === '"') isQuoted = !isQuoted;
    else if (raw[at] === ':' && !isQuoted) return at;
  }
  return -1;
}

function decodeValue(raw: string, { ENCODING, CHARSET }: Record<string, string>): string {
  let value = raw;
  if (/^(?:QUOTED-PRINTABLE|Q)$/i.test(ENCODING ?? '')) {
    const bytes = raw.replace(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    const buffer = Buffer.from(bytes, 'latin1');
    value = buffer.toString(/^utf-?8$/i.test(CHARSET ?? 'utf-8') ? 'utf8' : 'latin1');
  }
  return value.replace(/\\([nN,;\\:])/g, (_, char: string) => (char.toLowerCase() === 'n' ? '\n' : char)).trim();
}
