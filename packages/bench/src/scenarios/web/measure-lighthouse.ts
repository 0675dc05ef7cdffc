import lighthouse from 'lighthouse';
import type { BrowserSession } from './browser-session.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

/** Lighthouse scores on a simulated phone, as it does by default. */
export async function measureLighthouse({ server, user, port, context }: BrowserSession): Promise<string[][]> {
  const { slug } = await user.mutate<{ slug: string }>('workspaces.create', { name: 'Lighthouse' });
  await user.mutate('documents.importTexts', {
    workspace: slug,
    items: Array.from({ length: 20 }, (_, i) => ({ title: `Document ${i}`, text: `Text ${i} of the handbook.` })),
  });
  const { threadId } = await user.mutate<{ threadId: string }>('chat.ask', {
    workspace: slug,
    question: 'Which text?',
  });
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const rows: string[][] = [];
  for (const [name, path] of Object.entries({
    login: '/login',
    chat: `/w/${slug}/t/${threadId}`,
    documents: `/w/${slug}/documents`,
  })) {
    const result = await lighthouse(`${server.lorebox.url}${path}`, {
      port,
      onlyCategories: CATEGORIES,
      logLevel: 'error',
      disableStorageReset: true,
      ...(name === 'login' ? {} : { extraHeaders: { cookie } }),
    });
    const score = (category: string) => String(Math.round((result?.lhr.categories[category]?.score ?? 0) * 100));
    rows.push([name, ...CATEGORIES.map(score)]);
    if (process.env.LOREBOX_BENCH_DETAILS) {
      for (const audit of Object.values(result?.lhr.audits ?? {})) {
        if (audit.score !== null && audit.score < 0.9)
          process.stderr.write(`${name}: ${audit.id} ${audit.score} ${audit.displayValue ?? ''}\n`);
      }
    }
  }
  return rows;
}
