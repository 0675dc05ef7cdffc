import { AppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext, SourceItem } from '@lorebox/ports/connector';
import { ImapConfig } from './imap-config.ts';
import { closeMailbox, type Mail, type Mailbox, openMailbox } from './mailbox.ts';

/** Number of envelopes per request. */
const BATCH = 100;

/** Syncs the mails of a mailbox by UID. Mails never change, so each one is read once. Deletions are synced. */
export const imap: Connector = {
  id: 'imap',
  label: 'Mailbox (IMAP)',
  description: 'Messages in the folders of a mailbox, with their attachments. Messages are not marked as read.',
  reads: 'network',
  configSchema: ImapConfig,
  requestsPerSecond: 20,
  async check(context) {
    const config = ImapConfig.parse(context.config);
    const mailbox = await openMailbox(context, config);
    try {
      for (const folder of config.folders) await mailbox.select(folder);
    } finally {
      await closeMailbox(mailbox);
    }
  },
  async *sync(context) {
    const config = ImapConfig.parse(context.config);
    const mailbox = await openMailbox(context, config);
    try {
      const { days } = config;
      const since = days === 0 ? null : new Date(context.clock.now() - days * 86_400_000);
      for (const folder of config.folders) {
        const validity = await mailbox.select(folder);
        const idOf = (uid: number) => `${folder}/${validity}/${uid}`;
        const fresh: number[] = [];
        for (const uid of await mailbox.list(since)) {
          if (await context.known(idOf(uid))) yield { kind: 'seen', externalId: idOf(uid) };
          else fresh.push(uid);
        }
        for (let i = 0; i < fresh.length; i += BATCH) {
          const mails = await mailbox.envelopes(fresh.slice(i, i + BATCH));
          for (const mail of mails) yield toItem(context, mailbox, folder, idOf(mail.uid), mail);
        }
      }
      yield { kind: 'full' };
    } finally {
      await closeMailbox(mailbox);
    }
  },
};

function toItem(_: ConnectorContext, mailbox: Mailbox, folder: string, externalId: string, mail: Mail): SourceItem {
  const subject = mail.subject.trim() || 'No subject';
  return {
    kind: 'upsert',
    externalId,
    version: 'whole',
    filename: `${subject.slice(0, 100).replace(/[\\/]/g, ' ')}.eml`,
    title: subject,
    contentType: 'message/rfc822',
    size: mail.size,
    metadata: { folder, from: mail.from, to: mail.to, modified: mail.date?.toISOString(), messageId: mail.messageId },
    async *open() {
      const content = await mailbox.open(mail.uid);
      if (!content) throw new AppError('NOT_FOUND', 'The message was deleted during the sync.');
      yield* content;
    },
  };
}
