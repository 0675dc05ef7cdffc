import { ParseFailure } from '@lorebox/ports/parser';
import { defineFormat } from '../format-parser.ts';
import { SpeechNeeded } from '../speech/settings.ts';

/** Sound recordings and videos: what is said becomes the text, with the second at which it is said. */
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
    // Loaded here, so that children that only read texts stay small.
    const { transcribeFile } = await import('../speech/transcribe-file.ts');
    document.duration = await transcribeFile(document, path, speech, onPage);
    if (document.textLength > 0) return;
    throw new ParseFailure(
      'empty',
      `No speech was found in this ${format === 'audio' ? 'recording' : 'video'}. If it contains speech, upload a louder copy.`,
    );
  },
});
