import { expect, it } from 'vitest';
import { readOptions, toLanguage } from './options.ts';

const SCRIPT = 'https://chat.example/embed/widget.js';

it('takes the server from the address of the script', () => {
  expect(readOptions({ widget: 'wdg_1' }, SCRIPT)).toMatchObject({
    widgetId: 'wdg_1',
    baseUrl: 'https://chat.example',
  });
  expect(readOptions({ widget: 'wdg_1' }, 'https://a.example/chat/embed/widget.js')?.baseUrl).toBe(
    'https://a.example/chat',
  );
  expect(readOptions({}, SCRIPT)).toBeNull();
  expect(readOptions({ widget: 'x', baseUrl: 'javascript:alert(1)' }, SCRIPT)).toBeNull();
});

it("understands the attributes of AnythingLLM's script", () => {
  const options = readOptions(
    {
      embedId: 'wdg_1',
      baseApiUrl: 'https://chat.example/api/embed',
      language: 'de-AT',
      position: 'bottom-left',
      assistantName: 'Ada',
      greeting: 'Hello',
      buttonColor: '#0a0',
      defaultMessages: 'One?, Two?',
      sendMessageText: 'Ask',
      supportEmail: 'help@shop.example',
      username: 'sam',
      model: 'm',
      temperature: '0.5',
      prompt: 'Be brief.',
      windowWidth: '400px',
      windowHeight: '700',
      textSize: '16',
      openOnLoad: 'on',
    },
    'https://cdn.example/embed/anythingllm-chat-widget.min.js',
  );
  expect(options).toEqual({
    widgetId: 'wdg_1',
    baseUrl: 'https://chat.example',
    language: 'de',
    position: 'left',
    title: 'Ada',
    greeting: 'Hello',
    accentColor: '#00aa00',
    suggestions: ['One?', 'Two?'],
    placeholder: 'Ask',
    handoverUrl: 'mailto:help@shop.example',
    visitor: 'sam',
    model: 'm',
    temperature: 0.5,
    prompt: 'Be brief.',
    width: '400px',
    height: '700px',
    fontSize: '16px',
    openOnLoad: true,
  });
});

it('ignores values that are not what they should be', () => {
  const options = readOptions(
    { widget: 'x', temperature: 'hot', accentColor: 'red;}', width: 'calc(1px)', openOnLoad: 'off' },
    SCRIPT,
  );
  expect(options).toMatchObject({ openOnLoad: false });
  for (const name of ['temperature', 'accentColor', 'width'] as const) expect(options?.[name]).toBeUndefined();
});

it.each([
  ['de-AT', 'de'],
  ['zh_Hans_CN', 'zh'],
  ['AR', 'ar'],
  ['fr', null],
  ['', null],
  [null, null],
])('knows the language %s as %s', (tag, language) => {
  expect(toLanguage(tag)).toBe(language);
});
