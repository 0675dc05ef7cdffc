import type { EmbedCitation, EmbedConfig, EmbedEvent } from '@lorebox/contract/embed';
import type { EmbedApi, NumberedEvent } from './embed-api.ts';

const ANSWER = 'This is a preview. On your website, the answer comes from your documents, with sources [1].';
const CITATION: EmbedCitation = {
  n: 1,
  title: 'One of your documents',
  page: 1,
  startTime: null,
  section: null,
  text: 'The passage that the answer was taken from.',
};

/** Answers without a server, for the preview of settings that are not saved yet. */
export function createPreviewApi(config: EmbedConfig): EmbedApi {
  async function* answer(): AsyncGenerator<NumberedEvent> {
    const events: EmbedEvent[] = [
      { type: 'start', answerId: 'preview', questionId: 'preview' },
      { type: 'end', messageId: 'preview', text: ANSWER, citations: [CITATION] },
    ];
    for (const [i, event] of events.entries()) yield { seq: i + 1, event };
  }
  return {
    config: async () => config,
    startSession: async () => ({ secret: 'preview' }),
    history: async () => ({ messages: [], hasLead: false }),
    ask: async () => answer(),
    resume: async () => answer(),
    rate: async () => {},
    leaveLead: async () => {},
  };
}
