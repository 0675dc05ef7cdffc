import { ParseFailure } from '@lorebox/ports/parser';
import { defineFormat } from '../format-parser.ts';
import { SpeechNeeded } from '../speech/settings.ts';

/** Audio and video recordings: the speech becomes the text, with timestamps in seconds. */
export const recordingParser = defineFormat({
  formats: ['audio', 'video'],
  async parse(_bytes, { format, document, speech, path, onPage }) {
    const what = format === 'audio' ? 'an audio recording' : 'a video';
    if (speech === 'off' || path === undefined) {
      throw new ParseFailure(
        'needs-transcription',
        `This file is ${what}, but transcription is turned off on this server. Upload a transcript instead.`,
      );
    }
    if (speech === 'defer') throw new SpeechNeeded();
    // Imported here to keep children that only read text small.
    const { transcribeFile } = await import('../speech/transcribe-file.ts');
    document.duration = await transcribeFile(document, path, speech, onPage);
    if (document.textLength > 0) return;
    throw new ParseFailure(
      'empty',
      `No speech was found in this ${format === 'audio' ? 'recording' : 'video'}. If it contains speech, upload a louder copy.`,
    );
  },
});
