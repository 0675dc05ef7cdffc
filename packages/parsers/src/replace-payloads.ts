/** Encoded data that is shorter is a key or a checksum, which people search for. */
const MIN_LENGTH = 200;
const MIN_HEX_LENGTH = 512;
/** Length of a line of encoded data. */
const MIN_RUN = 60;
const DATA_ADDRESS =
  /data:([\w.+-]{1,60}\/[\w.+-]{1,60})?((?:;[\w.=+-]{1,60}){0,5});base64,([A-Za-z0-9+/=_-]{0,}(?:%3D){0,2})/gi;
/** One run of base64 characters, or whole lines of them as in mails and certificates, the last of which is shorter. */
const ENCODED =
  /[A-Za-z0-9+/_-]{60,}={0,2}(?:\r?\n[ \t]{0,8}[A-Za-z0-9+/_-]{60,}={0,2}(?=[\s"'<]|$))*(?:\r?\n[ \t]{0,8}(?=[A-Za-z_-]{0,60}[0-9+/=])[A-Za-z0-9+/_-]{2,}={0,2}(?=[\s"'<]|$))?/g;

export interface ReplacedText {
  text: string;
  /** Number of payloads replaced, and their length. */
  count: number;
  length: number;
}

/** Replaces base64 and hexadecimal payloads by a note, because they are no text that anyone searches for. */
export function replacePayloads(source: string): ReplacedText {
  let count = 0;
  let length = 0;
  const note = (payload: string, type: string) => {
    count++;
    length += payload.length;
    return `[${type}, ${formatSize(payload.length * 0.75)}]`;
  };
  let text = source;
  if (text.includes('base64,')) {
    text = text.replace(DATA_ADDRESS, (_, type: string | undefined, __, payload: string) =>
      note(payload, type ?? 'encoded data'),
    );
  }
  if (text.length >= MIN_LENGTH && hasLongRun(text)) {
    text = text.replace(ENCODED, (run) => {
      const rest = afterPayload(run);
      const payload = run.slice(0, run.length - rest.length);
      return isPayload(payload) ? note(payload, 'encoded data') + rest : run;
    });
  }
  return { text, count, length };
}

/** Checks for a word of at least MIN_RUN characters without reading all of the text. */
function hasLongRun(text: string): boolean {
  for (let at = MIN_RUN - 1; at < text.length; at += MIN_RUN) {
    if (text.charCodeAt(at) <= 32) continue;
    let start = at;
    let end = at;
    while (start > at - MIN_RUN && text.charCodeAt(start - 1) > 32) start--;
    while (end - start < MIN_RUN && text.charCodeAt(end + 1) > 32) end++;
    if (end - start + 1 >= MIN_RUN) return true;
  }
  return false;
}

/** The last line belongs to the payload only if it has its form: groups of four, and it doesn't look like a word. */
function afterPayload(run: string): string {
  const at = run.lastIndexOf('\n');
  if (at < 0 || run.length - at > 60) return '';
  const last = run.slice(at + 1).trim();
  const isEncoded =
    last.length % 4 === 0 && (last.endsWith('=') || /[+/]/.test(last) || /\d[A-Z]|[a-z][A-Z].*\d/.test(last));
  return isEncoded ? '' : run.slice(run[at - 1] === '\r' ? at - 1 : at);
}

/** Payloads have capital and small letters and digits in the shares of random data. */
function isPayload(run: string): boolean {
  if (run.length < MIN_LENGTH) return false;
  let upper = 0;
  let lower = 0;
  let digits = 0;
  let isHex = true;
  let separators = 0;
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at);
    if (code >= 65 && code <= 90) upper++;
    else if (code >= 97 && code <= 122) lower++;
    else if (code >= 48 && code <= 57) digits++;
    else if (code === 45 || code === 95 || code === 47) separators++;
    if (
      isHex &&
      !((code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70) || code <= 32)
    )
      isHex = false;
  }
  const total = run.length;
  if (isHex) return total >= MIN_HEX_LENGTH && digits > total * 0.3 && upper + lower > total * 0.15;
  return upper > total * 0.15 && lower > total * 0.15 && digits > total * 0.05 && separators < total * 0.08;
}

function formatSize(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
