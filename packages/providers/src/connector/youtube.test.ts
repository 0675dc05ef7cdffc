import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeYouTube } from '@lorebox/testkit/sources/fake-youtube';
import { expect, it } from 'vitest';
import { youtube } from './youtube.ts';

testConnector('youtube', async () => {
  const site = await startFakeYouTube();
  return {
    connector: youtube,
    config: { url: site.url, playlists: ['https://www.youtube.com/playlist?list=PLnotes'] },
    site,
    put: (name, text) => void site.put(name, text),
    wrong: { config: { url: site.url, playlists: ['PLnone'] }, message: /status 404/ },
    close: site.close,
  };
});

it('a video has its transcript with times in the best language, or a reason why there is none', async () => {
  const site = await startFakeYouTube();
  const id = site.put('Knots', 'The bowline <is> first.');
  const silent = site.put('Silence', '');
  site.silent.add(silent);
  const config = {
    url: site.url,
    videos: [`https://youtu.be/${id}?t=3`, silent, 'aaaaaaaaaaa'],
    languages: ['fr', 'de', 'en'],
  };
  const harness = new ConnectorHarness(youtube, config);
  const { failed, isFull } = await harness.sync();
  expect(harness.text(id)).toBe("# Knots\n\n[0:00] de: The bowline <is> first.\n\n[1:05] And 'so' on.\n");
  expect(harness.items.get(id)).toMatchObject({
    title: 'Knots',
    url: `${site.url}/watch?v=${id}`,
    metadata: { language: 'de' },
  });
  expect(failed.map(({ message }) => message)).toEqual(['The video has no transcript.', 'Video unavailable']);
  expect(isFull).toBe(true);
  const english = new ConnectorHarness(youtube, { ...config, videos: [id], languages: ['en'] });
  await english.sync();
  expect(english.text(id)).toContain('en: The bowline');
  const nothing = new ConnectorHarness(youtube, { url: site.url });
  await expect(nothing.check()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await site.close();
});
