const SECONDS = /^-?\d{1,9}$/;
/** A duration of Go: "1h30m", "-1m". */
const DURATION = /^-?(\d{1,9}(\.\d{1,9})?(ns|us|µs|ms|s|m|h)){1,6}$/;

/**
 * Returns Ollama's `keep_alive`: seconds as a number, because Ollama rejects the string "30", or a duration. Null if it
 * is neither.
 */
export function parseKeepAlive(text: string): number | string | null {
  const value = text.trim();
  if (SECONDS.test(value)) return Number(value);
  return DURATION.test(value) ? value : null;
}
