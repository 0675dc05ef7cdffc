import type { ConfigValue } from '@lorebox/contract/source';
import type { Connector, SourceHost } from '@lorebox/ports/connector';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectorHarness } from './connector-harness.ts';
import type { FakeSite } from './fake-site.ts';

/** A connector, a double of its source, and functions to change the source. */
export interface ConnectorUnderTest {
  connector: Connector;
  config: Record<string, ConfigValue>;
  host?: Partial<SourceHost>;
  /** Null if it is not an HTTP server. */
  site: FakeSite | null;
  put(name: string, text: string): void | Promise<void>;
  /** Absent if deletions are not synced, as with feeds. */
  remove?: (name: string) => void | Promise<void>;
  /** A proxy's error page is a valid page for this connector, so pages that it doesn't link to are removed. */
  takesAnyAnswer?: boolean;
  /** Settings with rejected credentials, and the error message; null if there are no credentials. */
  wrong: { config: Record<string, ConfigValue>; message: RegExp } | null;
  close(): void | Promise<void>;
}

const NAMES = Array.from({ length: 25 }, (_, i) => `note-${String(i).padStart(2, '0')}.md`);
const HOSTILE = [
  'ünï côdé 😀.md',
  'a "quoted" <b>&amp; name.md',
  'percent %2e%2e and + plus.md',
  "it's; drop table.md",
];

const GARBAGE = [
  '',
  '{}',
  '[]',
  'null',
  '{"results": 5, "files": {}, "tree": [1]}',
  '<html><body>Please sign in</body></html>',
  '\0\x01\xff',
];

/** Contract tests for connectors of any protocol. Call it in the test file of each connector. */
export function testConnector(name: string, setup: () => Promise<ConnectorUnderTest>): void {
  describe(`${name} as a connector`, () => {
    let tested: ConnectorUnderTest;
    let harness: ConnectorHarness;
    beforeEach(async () => {
      tested = await setup();
      harness = new ConnectorHarness(tested.connector, tested.config, tested.host);
      for (const one of NAMES) await tested.put(one, `The text of ${one}.`);
    });
    afterEach(() => tested.close());

    const textsOf = () => [...harness.items.values()].map(({ bytes }) => bytes.toString('utf8')).join('\n');

    it('reports that access works', async () => {
      await harness.check();
    });

    it('reads everything in the first sync run, page by page, and nothing in the second', async () => {
      const first = await harness.sync();
      expect(first.failed).toEqual([]);
      expect(harness.items.size).toBe(NAMES.length);
      for (const one of NAMES) expect(textsOf()).toContain(`The text of ${one}.`);
      for (const { filename, version } of harness.items.values()) {
        expect(filename).not.toBe('');
        expect(version).not.toBe('');
      }
      const second = await harness.sync();
      expect([second.opened, second.removed, second.failed]).toEqual([[], [], []]);
      expect(harness.items.size).toBe(NAMES.length);
    });

    it('reads only changed and new items', async () => {
      await harness.sync();
      await tested.put('note-03.md', 'Another text.');
      await tested.put('added.md', 'An added text.');
      const { opened } = await harness.sync();
      expect(opened).toHaveLength(2);
      expect(textsOf()).toContain('Another text.');
      expect(textsOf()).toContain('An added text.');
      expect(textsOf()).not.toContain('The text of note-03.md.');
    });

    it('syncs deletions if supported, and does not mistake an interruption for one', async () => {
      await harness.sync();
      const { remove } = tested;
      if (!remove) return;
      await remove('note-07.md');
      await tested.put('note-08.md', 'Changed before the cut.');
      const cut = await harness.sync({ cutAfter: 0 });
      expect(cut.removed.length).toBeLessThanOrEqual(1);
      expect(harness.items.size).toBeGreaterThanOrEqual(NAMES.length - 1);
      await harness.sync();
      expect(harness.items.size).toBe(NAMES.length - 1);
      expect(textsOf()).not.toContain('The text of note-07.md.');
      expect(textsOf()).toContain('Changed before the cut.');
    });

    it('resumes after an interruption and reads nothing twice', async () => {
      const first = await harness.sync({ cutAfter: 9 });
      const second = await harness.sync();
      expect(harness.items.size).toBe(NAMES.length);
      expect(new Set([...first.opened, ...second.opened]).size).toBe(first.opened.length + second.opened.length);
    });

    it('treats malicious names as plain names', async () => {
      for (const one of HOSTILE) await tested.put(one, `Inside ${HOSTILE.indexOf(one)}.`);
      const { failed } = await harness.sync();
      expect(failed).toEqual([]);
      for (const i of HOSTILE.keys()) expect(textsOf()).toContain(`Inside ${i}.`);
    });

    it('waits when rate limited', async () => {
      const { site } = tested;
      if (!site) return;
      site.faults.rateLimited = 2;
      await harness.sync();
      expect(harness.items.size).toBe(NAMES.length);
    });

    it('removes nothing when the source fails midway', async () => {
      const { site } = tested;
      if (!site) return;
      await harness.sync();
      for (const one of NAMES) await tested.put(one, `${one} has changed.`);
      for (const failAfter of [0, 1, 2, 5]) {
        site.faults.failAfter = failAfter;
        const outcome = await harness.sync().catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'SOURCE_FAILED' });
        expect(harness.items.size).toBe(NAMES.length);
      }
      site.faults.failAfter = null;
      await harness.sync();
      expect(harness.items.size).toBe(NAMES.length);
      expect(textsOf()).toContain('note-24.md has changed.');
    });

    it('treats a response in another format as an error and removes nothing', async () => {
      const { site } = tested;
      if (!site || tested.takesAnyAnswer) return;
      await harness.sync();
      for (const garbage of GARBAGE) {
        site.faults.garbage = garbage;
        const outcome = await harness.sync().catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: expect.stringMatching(/^SOURCE_/) });
        expect(harness.items.size).toBe(NAMES.length);
      }
      site.faults.garbage = null;
      expect(await harness.sync()).toMatchObject({ removed: [], failed: [] });
      expect(textsOf()).toContain('The text of note-24.md.');
    });

    it('reports rejected credentials with instructions', async () => {
      if (!tested.wrong) return;
      const { config, message } = tested.wrong;
      const outsider = new ConnectorHarness(tested.connector, config, tested.host);
      await expect(outsider.check()).rejects.toMatchObject({
        code: 'SOURCE_REFUSED',
        message: expect.stringMatching(message),
      });
      await expect(outsider.sync()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    });
  });
}
