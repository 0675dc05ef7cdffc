import type { DocumentBuilder } from '../document-builder.ts';
import type { ParseContext } from '../format-parser.ts';
import { openAudio } from './read-audio.ts';
import { openRemote } from './remote.ts';
import type { SpeechSettings } from './settings.ts';
import { transcribe } from './transcribe.ts';
import type { Transcriber } from './transcriber.ts';
import { openWhisper } from './whisper.ts';

let loaded: { key: string; transcriber: Transcriber } | undefined;

/** Keeps the model in memory for the next file. */
function transcriberFor(settings: SpeechSettings): Transcriber {
  const key = JSON.stringify(settings);
  if (loaded?.key !== key) {
    const { endpoint } = settings;
    loaded = { key, transcriber: endpoint ? openRemote(endpoint) : openWhisper(settings) };
  }
  return loaded.transcriber;
}

/** Resolves to the length of the recording in seconds. */
export async function transcribeFile(
  document: DocumentBuilder,
  path: string,
  settings: SpeechSettings,
  onPage: ParseContext['onPage'],
): Promise<number> {
  const audio = await openAudio(path);
  try {
    return await transcribe(document, audio, transcriberFor(settings), settings.language, (minute, minutes) =>
      onPage(minute, minutes, 'minute'),
    );
  } finally {
    audio.close();
  }
}
