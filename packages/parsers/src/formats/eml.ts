import PostalMime, { type Address } from 'postal-mime';
import { defineFormat, type ParseContext } from '../format-parser.ts';
import { transcodeParts } from '../mail-charsets.ts';
import { addMailMessage, describeMail, type MailMessage } from '../mail-message.ts';

function formatAddress(address: Address | undefined): string {
  if (!address) return '';
  if (address.group) return `${address.name}: ${address.group.map(formatAddress).join(', ')}`;
  if (!address.name) return address.address ?? '';
  return address.address ? `${address.name} <${address.address}>` : address.name;
}

function formatAddresses(addresses: Address[] | undefined): string {
  return (addresses ?? []).map(formatAddress).filter(Boolean).join(', ');
}

/** Reads one internet mail message. Nested messages arrive as attachments, so that their text keeps its own headers. */
export async function readMail(bytes: Uint8Array, context: ParseContext): Promise<MailMessage> {
  const mail = await PostalMime.parse(transcodeParts(bytes), {
    forceRfc822Attachments: true,
    attachmentEncoding: 'arraybuffer',
    maxNestingDepth: Math.min(256, context.limits.maxDepth),
  });
  return {
    from: formatAddress(mail.from),
    to: formatAddresses(mail.to),
    cc: formatAddresses(mail.cc),
    bcc: formatAddresses(mail.bcc),
    replyTo: formatAddresses(mail.replyTo),
    date: mail.date,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map((attachment) => ({
      name: attachment.filename || (attachment.mimeType === 'message/rfc822' ? 'message.eml' : 'attachment'),
      content: new Uint8Array(attachment.content as ArrayBuffer),
      isInline: attachment.related === true || (attachment.disposition === 'inline' && !attachment.filename),
    })),
  };
}

export const emlParser = defineFormat({
  formats: ['eml'],
  async parse(bytes, context) {
    // Mails saved as UTF-16 are no longer internet messages, byte for byte.
    const isWide = bytes.subarray(0, 4).includes(0);
    const message = await readMail(isWide ? Buffer.from(context.readText(), 'utf8') : bytes, context);
    describeMail(context.document, message);
    await addMailMessage(message, context);
  },
});
