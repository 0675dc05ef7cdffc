import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerStatus, AskStarted } from '@lorebox/contract/chat';
import { figure } from '../../report.ts';
import type { BrowserSession } from './browser-session.ts';
import { watchFrames } from './watch-frames.ts';

const WORDS_PER_SECOND = 100;
const POLL_MS = 20;
const MEGABYTE = 1_000_000;

/** Streams a long answer into a thread that already has many messages. */
export async function measureStreaming(session: BrowserSession, messages: number, seconds: number): Promise<string[]> {
  const { user, ollama } = session;
  const { slug } = await user.mutate<{ slug: string }>('workspaces.create', { name: 'Streaming' });
  ollama.reply = () => 'A **short** answer with `code`.\n\n- one\n- two\n\n| a | b |\n| - | - |\n| 1 | 2 |';
  let threadId: string | undefined;
  for (let i = 0; i < messages / 2; i += 1) {
    const started: AskStarted = await user.mutate('chat.ask', { workspace: slug, question: `Question ${i}`, threadId });
    threadId = started.threadId;
    while ((await user.query<AnswerStatus>('chat.get', { answerId: started.answerId })).state === 'running')
      await sleep(POLL_MS);
  }
  const words = WORDS_PER_SECOND * seconds;
  ollama.reply = () => longAnswer(words);
  ollama.delayMs = 1000 / WORDS_PER_SECOND;
  const page = await session.open(`/w/${slug}/t/${threadId}`);
  await page.getByRole('article', { name: 'Answer' }).last().waitFor();
  // Loads all earlier messages, as someone does who reads back.
  await page.getByRole('log').focus();
  while ((await page.getByRole('button', { name: 'Show earlier messages' }).count()) > 0) {
    await page.getByRole('log').evaluate((element) => {
      element.scrollTop = 0;
    });
    await sleep(POLL_MS);
  }
  const shown = await page.getByRole('article').count();
  await page.getByRole('log').evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  const heap = async () => {
    const client = await page.context().newCDPSession(page);
    await client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await client.send('Runtime.getHeapUsage');
    return usedSize / MEGABYTE;
  };
  const before = await heap();
  await page.getByRole('textbox', { name: 'Your question' }).fill('Write a long answer');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  const began = performance.now();
  const end = await watchFrames(page);
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: seconds * 4000 });
  const { rate, slowest, longTasks } = await end();
  const took = (performance.now() - began) / 1000;
  const after = await heap();
  await page.close();
  return [
    String(shown),
    String(words),
    figure(words / took),
    String(longTasks),
    figure(rate),
    figure(slowest),
    figure(before),
    figure(after),
  ];
}

/** Paragraphs, lists and code, so that all parts of the renderer work. */
function longAnswer(words: number): string {
  const parts: string[] = [];
  for (let written = 0, i = 1; written < words; i += 1) {
    const number = `${i}`;
    parts.push(
      `Paragraph ${number} says **something** about the topic that takes about twenty different words to say, in plain language number ${number}.`,
    );
    if (i % 5 === 0) parts.push(`- item ${number} of a list\n- another item ${number}`);
    if (i % 11 === 0) parts.push(`\`\`\`js\nconst value${number} = ${number};\n\`\`\``);
    written += 24;
  }
  return parts.join('\n\n');
}
