import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { expect, it } from 'vitest';
import { obsidian, readNote } from './obsidian.ts';

const host = { folder: async (path: string) => realpathSync(path) };

testConnector('obsidian', async () => {
  const path = mkdtempSync(join(tmpdir(), 'vault-'));
  return {
    connector: obsidian,
    config: { path },
    host,
    site: null,
    put: (name, text) => writeFileSync(join(path, name), text),
    remove: (name) => rmSync(join(path, name)),
    wrong: null,
    close: () => rmSync(path, { recursive: true, force: true }),
  };
});

it('notes include links, tags and properties; the app’s own folder is excluded', async () => {
  const path = mkdtempSync(join(tmpdir(), 'vault-'));
  for (const folder of ['.obsidian', '.trash', 'Sea']) mkdirSync(join(path, folder));
  writeFileSync(join(path, '.obsidian', 'app.json'), '{}');
  writeFileSync(join(path, '.trash', 'old.md'), 'old');
  writeFileSync(join(path, 'board.canvas'), '{}');
  writeFileSync(join(path, 'map.pdf'), '%PDF');
  writeFileSync(
    join(path, 'Sea', 'Tides.md'),
    '---\ntitle: On tides\ntags: [sea, moon]\nrating: 5\naliases:\n  - ebb\n---\nSee [[Moon|the moon]] and [[Ports#North]]. #water/salt `#no`\n',
  );
  const harness = new ConnectorHarness(obsidian, { path }, host);
  await harness.sync();
  expect([...harness.items.keys()].sort()).toEqual(['Sea/Tides.md', 'map.pdf']);
  expect(harness.items.get('Sea/Tides.md')).toMatchObject({
    title: 'On tides',
    metadata: { tags: 'sea, moon, water/salt', links: 'Moon, Ports', rating: 5, aliases: 'ebb', path: 'Sea/Tides.md' },
  });
  rmSync(path, { recursive: true });
});

it('invalid or malicious front matter is treated as text', () => {
  const bomb = `---\na: &a [x]\n${'bcdefghijklmn'
    .split('')
    .map((name, i) => `${name}: &${name} [${'*'}${'abcdefghijklm'[i]}, *${'abcdefghijklm'[i]}]`)
    .join('\n')}\n---\nText #tag`;
  for (const text of ['---\n: : {\n---\nText #tag', bomb, '---\n- a\n---\nText #tag', '---\nnever closed\nText #tag'])
    expect(readNote(text)).toMatchObject({ tags: ['tag'], title: undefined });
});
