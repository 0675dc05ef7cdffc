import { defineFormat } from '../format-parser.ts';
import { addMailMessage } from '../mail-message.ts';
import { readMail } from './eml.ts';

/** Returns the start offsets of messages: a line "From sender date" at the start or after an empty line. */
export function findMessages(bytes: Uint8Array): number[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts: number[] = [];
  for (let at = data.indexOf('From '); at >= 0; at = data.indexOf('From ', at + 5)) {
    const isAfterBlank =
      at === 0 ||
      (data[at - 1] === 10 && (at === 1 || data[at - 2] === 10 || (data[at - 2] === 13 && data[at - 3] === 10)));
    if (!isAfterBlank) continue;
    const line = data.toString('latin1', at, Math.min(at + 200, data.length)).split(/\r?\n/, 1)[0] as string;
    if (/ \d{1,2}:\d\d(:\d\d)?.*\d{4}/.test(line)) starts.push(at);
  }
  return starts;
}

/** Removes the ">" that mailboxes put before body lines that look like the start of a message. */
function unquote(message: Buffer): Buffer {
  if (!message.includes('\n>From ')) return message;
  return Buffer.from(message.toString('latin1').replace(/\n>(>*From )/g, '\n$1'), 'latin1');
}

export const mboxParser = defineFormat({
  formats: ['mbox'],
  async parse(bytes, context) {
    const { document } = context;
    const starts = findMessages(bytes);
    for (const [index, start] of starts.entries()) {
      const data = Buffer.from(bytes.subarray(start, starts[index + 1] ?? bytes.byteLength));
      const message = await readMail(unquote(data.subarray(data.indexOf(10) + 1)), context);
      document.section = message.subject?.trim() || `Message ${index + 1}`;
      await addMailMessage(message, context);
    }
    document.describe('messages', starts.length);
    if (starts.length > 1) document.title = undefined;
  },
});
