/**
 * Styles of the widget, in its shadow root as a constructed sheet, which no Content-Security-Policy restricts. Pages set
 * the custom properties and the parts; everything else of the page stays outside.
 */
export const STYLES = `
:host {
  all: initial;
  --accent: var(--lorebox-accent, #2563eb);
  --accent-ink: var(--lorebox-accent-ink, #fff);
  --ground: var(--lorebox-background, #fff);
  --raised: var(--lorebox-raised, #f3f4f6);
  --ink: var(--lorebox-text, #16181d);
  --muted: var(--lorebox-muted, #565c66);
  --line: var(--lorebox-border, #d6d9de);
  --danger: #b3261e;
  --radius: var(--lorebox-radius, 14px);
  position: fixed;
  z-index: 2147483000;
  inset-block-end: 20px;
  font: 400 var(--lorebox-font-size, 15px) / 1.5 var(--lorebox-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  color: var(--ink);
  color-scheme: light dark;
}
:host([data-corner="right"]) { right: 20px; }
:host([data-corner="left"]) { left: 20px; }
:host([data-mode="frame"]) { position: static; }
@media (prefers-color-scheme: dark) {
  :host {
    --ground: var(--lorebox-background, #17191e);
    --raised: var(--lorebox-raised, #24272e);
    --ink: var(--lorebox-text, #eceef1);
    --muted: var(--lorebox-muted, #a9b0bb);
    --line: var(--lorebox-border, #3a3f48);
    --danger: #ff9f96;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.launcher {
  width: 56px; height: 56px; border: 0; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent); color: var(--accent-ink); box-shadow: 0 6px 24px rgb(0 0 0 / 0.25);
}
.launcher svg { width: 26px; height: 26px; }
.panel {
  position: absolute; inset-block-end: 72px; display: flex; flex-direction: column; overflow: hidden;
  width: min(var(--lorebox-width, 400px), calc(100vw - 40px));
  height: min(var(--lorebox-height, 620px), calc(100vh - 120px));
  background: var(--ground); border: 1px solid var(--line); border-radius: var(--radius);
  box-shadow: 0 12px 48px rgb(0 0 0 / 0.22);
}
:host([data-corner="right"]) .panel { right: 0; }
:host([data-corner="left"]) .panel { left: 0; }
:host([data-mode="frame"]) .panel {
  position: absolute; inset: 0; width: auto; height: auto; border: 0; border-radius: 0; box-shadow: none;
}
.header { display: flex; align-items: center; gap: 4px; padding: 10px 8px 10px 16px; background: var(--accent); color: var(--accent-ink); }
[dir="rtl"] .header { padding: 10px 16px 10px 8px; }
.header h2 { flex: 1; margin: 0; font-size: 1.05em; font-weight: 600; overflow-wrap: anywhere; }
.icon { width: 40px; height: 40px; border: 0; border-radius: 8px; background: transparent; display: grid; place-items: center; }
.icon:hover { background: rgb(128 128 128 / 0.2); }
.header .icon:focus-visible { outline-color: currentColor; outline-offset: -3px; }
.messages { flex: 1; overflow-y: auto; padding: 16px; display: flex; flex-direction: column; gap: 12px; overscroll-behavior: contain; }
.message { max-width: 92%; overflow-wrap: anywhere; }
.message.user { align-self: flex-end; background: var(--raised); border-radius: var(--radius); padding: 8px 14px; white-space: pre-wrap; }
.message p, .message ul, .message ol, .message pre, .message blockquote, .message .table { margin: 0 0 8px; }
.message > .text > :last-child { margin-block-end: 0; }
.message ul, .message ol { padding-inline-start: 22px; }
.message li > p { margin: 0 0 4px; }
.heading { font-weight: 600; }
pre { overflow-x: auto; background: var(--raised); padding: 10px; border-radius: 8px; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.92em; }
blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: 10px; margin-inline: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 4px 8px; text-align: start; }
a { color: inherit; text-decoration: underline; }
.cite {
  border: 1px solid var(--line); background: var(--raised); border-radius: 6px; padding: 0 6px; margin-inline: 2px;
  font-size: 0.8em; line-height: 1.6; min-width: 24px; min-height: 24px;
}
.actions { display: flex; gap: 4px; align-items: center; margin-block-start: 4px; color: var(--muted); }
.actions .icon { width: 32px; height: 32px; }
.actions .icon svg { width: 16px; height: 16px; }
.actions .icon[aria-pressed="true"] { color: var(--ink); background: var(--raised); }
.dots { display: inline-flex; gap: 4px; padding: 8px 0; }
.dots i { width: 7px; height: 7px; border-radius: 50%; background: var(--muted); animation: blink 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: 0.2s; }
.dots i:nth-child(3) { animation-delay: 0.4s; }
@keyframes blink { 50% { opacity: 0.25; } }
@media (prefers-reduced-motion: reduce) { .dots i { animation: none; } }
.suggestions { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; margin: 0; padding: 0; list-style: none; }
.button {
  border: 1px solid var(--line); background: var(--ground); border-radius: 10px; padding: 8px 14px; min-height: 40px; text-align: start;
}
.button:hover { background: var(--raised); }
.button.primary { background: var(--accent); color: var(--accent-ink); border-color: transparent; }
.problem { color: var(--danger); display: flex; flex-direction: column; align-items: flex-start; gap: 8px; }
.problem p { margin: 0; }
.composer { display: flex; gap: 8px; align-items: flex-end; padding: 12px; border-block-start: 1px solid var(--line); }
textarea, input {
  flex: 1; width: 100%; min-height: 44px; max-height: 140px; resize: none; padding: 10px 12px; background: var(--ground);
  border: 1px solid var(--line); border-radius: 10px;
}
::placeholder { color: var(--muted); opacity: 1; }
.send { width: 44px; height: 44px; border: 0; border-radius: 10px; display: grid; place-items: center; background: var(--accent); color: var(--accent-ink); }
.send:disabled { opacity: 0.5; cursor: default; }
[dir="rtl"] .send svg { transform: scaleX(-1); }
.handover { padding: 0 12px 10px; font-size: 0.9em; }
.passage { position: absolute; inset: 0; background: var(--ground); overflow-y: auto; padding: 16px; }
.passage h3 { margin: 12px 0 2px; font-size: 1em; overflow-wrap: anywhere; }
.passage .place { margin: 0 0 10px; color: var(--muted); font-size: 0.9em; overflow-wrap: anywhere; }
.passage blockquote { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.body { position: relative; flex: 1; min-height: 0; display: flex; flex-direction: column; }
.lead { display: flex; flex-direction: column; gap: 10px; padding: 16px; }
.lead h3 { margin: 0; font-size: 1em; }
.lead label { display: flex; flex-direction: column; gap: 4px; font-size: 0.9em; }
.lead .row { display: flex; gap: 8px; }
@media (max-width: 640px) {
  :host(:not([data-mode="frame"])[data-open]) { inset: 0; }
  :host(:not([data-mode="frame"])[data-open]) .launcher { display: none; }
  :host(:not([data-mode="frame"])) .panel { position: fixed; inset: 0; width: 100%; height: 100%; height: 100dvh; border: 0; border-radius: 0; }
}
`;

/** Black or white, whichever is easier to read on the color. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}
