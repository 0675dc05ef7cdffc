import { SESSION_HEADER } from '@lorebox/contract/embed';
import type { Lorebox } from '@lorebox/sdk';

const ORIGIN = 'https://shop.example';

/** Creates a widget and asks a question as a visitor of its website. */
export async function startConversation(
  url: string,
  admin: Lorebox,
  workspace: string,
): Promise<{ widgetId: string; conversationId: string }> {
  const { id: widgetId } = await admin.widgets.create(workspace, { name: 'Shop', allowedOrigins: [ORIGIN] });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}/embed/${widgetId}/${path}`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { secret } = (await (await post('session', {})).json()) as { secret: string };
  await (await post('ask', { question: 'What is white?' }, { [SESSION_HEADER]: secret })).text();
  const [conversation] = await admin.widgets.conversations(widgetId).toArray();
  return { widgetId, conversationId: conversation?.id ?? '' };
}
