import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { paragraph, richText, startFakeNotion } from '@lorebox/testkit/sources/fake-notion';
import { expect, it } from 'vitest';
import { notion } from './notion.ts';

testConnector('notion', async () => {
  const site = await startFakeNotion();
  return {
    connector: notion,
    config: { apiUrl: site.url, token: 'good-token' },
    site,
    put: site.pages.put,
    remove: site.pages.remove,
    wrong: { config: { apiUrl: site.url, token: 'bad-token' }, message: /status 401/ },
    close: site.close,
  };
});

it('a Notion page becomes Markdown, including nested blocks', async () => {
  const site = await startFakeNotion();
  site.pages.put('Harbour', '');
  const block = (type: string, body: object, id = 'leaf', has_children = false) => ({
    id,
    type,
    has_children,
    [type]: body,
  });
  site.blocks.set('page-1', [
    block('heading_2', { rich_text: richText('Rules') }),
    block('bulleted_list_item', { rich_text: richText('Moor well', { bold: true }) }, 'list', true),
    block('to_do', { rich_text: richText('Pay'), checked: true }),
    block('code', { rich_text: richText('let a = 1;'), language: 'javascript' }),
    block('table', { table_width: 2 }, 'table', true),
    block('child_page', { title: 'Another page' }, 'child', true),
    block('something_new', { rich_text: richText('Still read.') }),
    ...Array.from({ length: 12 }, (_, i) => paragraph(`Line ${i}.`)),
  ]);
  site.blocks.set('list', [block('bulleted_list_item', { rich_text: richText('with two ropes') })]);
  site.blocks.set('table', [block('table_row', { cells: [richText('a|b'), richText('c')] })]);
  const harness = new ConnectorHarness(notion, { apiUrl: site.url, token: 'good-token' });
  await harness.sync();
  const text = harness.text('page-1');
  expect(text).toContain(
    '# Harbour\n\nStatus: Done\nTags: a, b\n\n## Rules\n\n- **Moor well**\n  - with two ropes\n- [x] Pay\n',
  );
  expect(text).toContain('```javascript\nlet a = 1;\n```');
  expect(text).toContain('| a\\|b | c |');
  expect(text).toContain('- Another page');
  expect(text).toContain('Still read.');
  expect(text).toContain('Line 11.');
  await site.close();
});
