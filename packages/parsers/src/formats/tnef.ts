import { decodeText } from '../decode-text.ts';
import { defineFormat } from '../format-parser.ts';
import { decompressRtf } from '../lzfu.ts';
import { addMailBody } from '../mail-body.ts';
import { addMailAttachments } from '../mail-message.ts';
import { readTnef } from '../tnef.ts';
import { readRtfText } from './rtf.ts';

/** The winmail.dat file that Outlook attaches instead of the body and the attachments. */
export const tnefParser = defineFormat({
  formats: ['tnef'],
  async parse(bytes, context) {
    const message = readTnef(bytes);
    if (!message) throw new Error('no TNEF signature');
    const html = message.html && (decodeText(message.html)?.text ?? Buffer.from(message.html).toString('latin1'));
    const rtf = message.compressedRtf && !html ? readRtfText(decompressRtf(message.compressedRtf)) : '';
    addMailBody(context.document, message.text?.trim() ? message.text : rtf, html);
    await addMailAttachments(
      message.attachments.map((attachment) => ({ ...attachment, isInline: false })),
      context,
    );
  },
});
