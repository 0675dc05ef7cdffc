import { createRequire } from 'node:module';

import type { FieldsData } from '@kenjiuno/msgreader/lib/MsgReader.js';
import { decodeAs, decodeText } from '../decode-text.ts';
import { defineFormat } from '../format-parser.ts';
import { decompressRtf } from '../lzfu.ts';
import { addMailMessage, describeMail, type MailMessage } from '../mail-message.ts';
import { CODE_PAGES } from '../rtf-words.ts';
import { readRtfText } from './rtf.ts';

const require = createRequire(import.meta.url);
interface Reader {
  parserConfig: { ansiEncoding?: string } | undefined;
  getFileData(): FieldsData;
  getAttachment(part: FieldsData): { content: Uint8Array };
}
// The package is CommonJS, but its types declare an ESM default export.
const MsgReader = (require('@kenjiuno/msgreader') as { default: new (data: ArrayBuffer) => Reader }).default;

function formatPerson(name: string | undefined, address: string | undefined): string {
  // Exchange stores an X.500 path instead of the mail address.
  const plain = address && !address.startsWith('/') ? address : '';
  if (!name || name === plain) return plain || (name ?? '');
  return plain ? `${name} <${plain}>` : name;
}

function listRecipients(fields: FieldsData, type: string): string {
  return (fields.recipients ?? [])
    .filter((recipient) => (recipient.recipType ?? 'to') === type)
    .map((recipient) => formatPerson(recipient.name, recipient.smtpAddress ?? recipient.email))
    .filter(Boolean)
    .join(', ');
}

/** Returns every body of the message. One may be a stub that points to the other. */
function readBody(fields: FieldsData): { text?: string; html?: string } {
  const html = fields.bodyHtml ?? (fields.html ? decodeHtml(fields.html, fields) : undefined);
  const text = fields.body?.trim() ? fields.body : undefined;
  if (html !== undefined || text !== undefined) {
    return { ...(text !== undefined && { text }), ...(html !== undefined && { html }) };
  }
  if (!fields.compressedRtf) return {};
  return { text: readRtfText(decompressRtf(fields.compressedRtf)) };
}

function decodeHtml(bytes: Uint8Array, fields: FieldsData): string {
  const encoding = encodingOf(fields.internetCodepage);
  return (encoding && decodeAs(bytes, encoding)) ?? decodeText(bytes)?.text ?? Buffer.from(bytes).toString('latin1');
}

/** Returns the name of a Windows code page. Undefined for those whose text needs no decoding, or that aren't known. */
function encodingOf(codePage: number | undefined): string | undefined {
  if (!codePage || codePage === 1200 || codePage === 20_127) return undefined;
  if (codePage > 28_590 && codePage < 28_606) return `iso-8859-${codePage - 28_590}`;
  const name = CODE_PAGES[codePage] ?? `windows-${codePage}`;
  return decodeAs(new Uint8Array([65]), name) === undefined ? undefined : name;
}

/** Text without a code page is decoded as one byte a character, so that its bytes can still be recognized. */
function guessMessageEncoding(fields: FieldsData): string | undefined {
  const text = [fields.subject, fields.body].filter(Boolean).join('\n');
  if (!/[\u0080-\u00ff]/.test(text) || /[^\0-\u00ff]/.test(text)) return undefined;
  return decodeText(Uint8Array.from(Buffer.from(text, 'latin1')))?.encoding;
}

function toIso(date: string | undefined): string | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? date : new Date(time).toISOString();
}

function toMessage(fields: FieldsData, attachments: MailMessage['attachments']): MailMessage {
  const message: MailMessage = {
    from: formatPerson(fields.senderName, fields.senderSmtpAddress ?? fields.senderEmail),
    to: listRecipients(fields, 'to'),
    cc: listRecipients(fields, 'cc'),
    ...readBody(fields),
    attachments,
  };
  const date = toIso(fields.messageDeliveryTime ?? fields.clientSubmitTime ?? fields.creationTime);
  if (date) message.date = date;
  if (fields.subject) message.subject = fields.subject;
  return message;
}

function openMessage(data: ArrayBuffer): { reader: Reader; fields: FieldsData } {
  const reader = new MsgReader(data);
  const fields = reader.getFileData();
  if (fields.error) throw new Error(fields.error);
  const encoding = encodingOf(fields.messageCodepage) ?? guessMessageEncoding(fields);
  if (encoding === undefined) return { reader, fields };
  const decoder = new MsgReader(data);
  decoder.parserConfig = { ansiEncoding: encoding };
  return { reader: decoder, fields: decoder.getFileData() };
}

export const msgParser = defineFormat({
  formats: ['msg'],
  async parse(bytes, context) {
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const { reader, fields } = openMessage(data);
    const attachments = (fields.attachments ?? []).map((part) => {
      const name = part.fileName || part.fileNameShort || part.name || 'attachment';
      const isMessage = part.innerMsgContent === true;
      return {
        name: isMessage && !/\.msg$/i.test(name) ? `${name}.msg` : name,
        content: reader.getAttachment(part).content ?? new Uint8Array(),
        isInline: part.attachmentHidden === true,
      };
    });
    const message = toMessage(fields, attachments);
    describeMail(context.document, message);
    await addMailMessage(message, context);
  },
});
