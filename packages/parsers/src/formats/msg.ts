import { createRequire } from 'node:module';

import type { FieldsData } from '@kenjiuno/msgreader/lib/MsgReader.js';
import { decodeText } from '../decode-text.ts';
import { defineFormat, type ParseContext } from '../format-parser.ts';
import { decompressRtf } from '../lzfu.ts';
import { addMailMessage, describeMail, type MailMessage } from '../mail-message.ts';
import { readRtfText } from './rtf.ts';

const require = createRequire(import.meta.url);
interface Reader {
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

function readBody(fields: FieldsData): { text?: string; html?: string } {
  if (fields.body?.trim()) return { text: fields.body };
  if (fields.bodyHtml) return { html: fields.bodyHtml };
  if (fields.html) return { html: decodeText(fields.html)?.text ?? Buffer.from(fields.html).toString('latin1') };
  if (!fields.compressedRtf) return {};
  return { text: readRtfText(decompressRtf(fields.compressedRtf)) };
}

function toMessage(fields: FieldsData, attachments: MailMessage['attachments']): MailMessage {
  return {
    from: formatPerson(fields.senderName, fields.senderSmtpAddress ?? fields.senderEmail),
    to: listRecipients(fields, 'to'),
    cc: listRecipients(fields, 'cc'),
    date: fields.messageDeliveryTime ?? fields.clientSubmitTime ?? fields.creationTime,
    subject: fields.subject,
    ...readBody(fields),
    attachments,
  };
}

async function addNested(fields: FieldsData, name: string, context: ParseContext): Promise<void> {
  const { section } = context.document;
  context.document.section = name;
  await addMailMessage(toMessage(fields, []), context);
  context.document.section = section;
}

export const msgParser = defineFormat({
  formats: ['msg'],
  async parse(bytes, context) {
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const reader = new MsgReader(data);
    const fields = reader.getFileData();
    if (fields.error) throw new Error(fields.error);
    const attachments: MailMessage['attachments'] = [];
    const nested: { fields: FieldsData; name: string }[] = [];
    for (const part of fields.attachments ?? []) {
      const name = part.fileName || part.fileNameShort || part.name || 'attachment';
      if (part.innerMsgContentFields) nested.push({ fields: part.innerMsgContentFields, name });
      else
        attachments.push({
          name,
          content: reader.getAttachment(part).content,
          isInline: part.attachmentHidden === true,
        });
    }
    const message = toMessage(fields, attachments);
    describeMail(context.document, message);
    await addMailMessage(message, context);
    for (const part of nested) await addNested(part.fields, part.name, context);
  },
});
