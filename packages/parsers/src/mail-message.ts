import { describeUnread } from './describe-unread.ts';
import type { DocumentBuilder } from './document-builder.ts';
import type { ParseContext } from './format-parser.ts';
import { addMailBody } from './mail-body.ts';
import { detectSignature } from './signatures.ts';

export interface MailMessage {
  from?: string;
  to?: string;
  cc?: string;
  bcc?: string;
  replyTo?: string;
  date?: string;
  subject?: string;
  text?: string;
  html?: string;
  attachments: { name: string; content: Uint8Array /** Shown inside the body, as logos are. */; isInline: boolean }[];
}

/** Adds headers first, then the body, then the attachments. */
export async function addMailMessage(message: MailMessage, context: ParseContext): Promise<void> {
  const { document } = context;
  const subject = message.subject?.trim();
  if (subject) document.add('heading', subject, { level: 1 });
  const headers = [
    ['From', message.from],
    ['To', message.to],
    ['Cc', message.cc],
    ['Bcc', message.bcc],
    ['Reply-To', message.replyTo === message.from ? undefined : message.replyTo],
    ['Subject', subject],
    ['Date', message.date],
  ];
  const lines = headers.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  document.add('paragraph', lines.join('\n'));
  addMailBody(document, message.text, message.html);
  await addMailAttachments(message.attachments, context);
}

export async function addMailAttachments(
  attachments: MailMessage['attachments'],
  context: ParseContext,
): Promise<void> {
  const { document } = context;
  for (const { name, content, isInline } of attachments) {
    // Logos and emoticons in the body are not worth reading.
    if (isInline && detectSignature(content.subarray(0, 4096)) === 'image') continue;
    const isRead = await context.parseAttachment(content, name);
    if (!isRead && !isInline) document.warn(describeUnread(`The attachment "${name}"`, document.lastFailure));
  }
}

/** Adds the fields of a single mail to the metadata. */
export function describeMail(document: DocumentBuilder, message: MailMessage): void {
  document.title = message.subject;
  document.describe('from', message.from);
  document.describe('to', message.to);
  document.describe('cc', message.cc);
  document.describe('subject', message.subject);
  document.describe('date', message.date);
}
