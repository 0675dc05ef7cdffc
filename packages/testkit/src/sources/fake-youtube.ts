import { createHash } from 'node:crypto';
import { type FakeSite, startFakeSite } from '../fake-site.ts';

export interface FakeYouTube extends FakeSite {
  /** Adds a video to the playlist "PLnotes": title -> spoken text. */
  put(title: string, text: string): string;
  /** IDs of videos without a transcript. */
  readonly silent: Set<string>;
}

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Starts the feed of a playlist, watch pages, player and captions. */
export async function startFakeYouTube(): Promise<FakeYouTube> {
  const videos = new Map<string, { title: string; text: string; updated: number }>();
  const silent = new Set<string>();
  let last = 0;
  const site = await startFakeSite(({ url, body, method }) => {
    const { pathname, searchParams } = url;
    if (pathname === '/feeds/videos.xml') {
      if (searchParams.get('playlist_id') !== 'PLnotes') return null;
      const entries = [...videos].map(
        ([id, { title, updated }]) =>
          `<entry><id>yt:video:${id}</id><yt:videoId>${id}</yt:videoId><title>${escapeXml(title)}</title><author><name>Ada</name></author>` +
          `<published>2026-11-24T10:00:00+00:00</published><updated>${new Date(updated * 1000).toISOString()}</updated></entry>`,
      );
      return {
        body: `<?xml version="1.0"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015">${entries.join('')}</feed>`,
      };
    }
    if (pathname === '/watch') return { body: '<script>ytcfg.set({"INNERTUBE_API_KEY":"AIza-key"})</script>' };
    if (pathname === '/youtubei/v1/player' && method === 'POST' && searchParams.get('key') === 'AIza-key') {
      const { videoId } = JSON.parse(body.toString()) as { videoId: string };
      const video = videos.get(videoId);
      if (!video) return { json: { playabilityStatus: { status: 'ERROR', reason: 'Video unavailable' } } };
      const track = (languageCode: string, kind?: string) => ({
        baseUrl: `/api/timedtext?v=${videoId}&lang=${languageCode}&kind=${kind ?? ''}&fmt=srv3`,
        languageCode,
        ...(kind && { kind }),
      });
      const captionTracks = silent.has(videoId) ? [] : [track('en', 'asr'), track('de'), track('en')];
      const captions = { playerCaptionsTracklistRenderer: { captionTracks } };
      return {
        json: { playabilityStatus: { status: 'OK' }, videoDetails: { title: video.title, author: 'Ada' }, captions },
      };
    }
    if (pathname === '/api/timedtext' && !searchParams.has('fmt')) {
      const video = videos.get(searchParams.get('v') ?? '');
      const said = `${searchParams.get('lang')}${searchParams.get('kind')}: ${video?.text}`;
      const lines = [
        `<text start="0.5" dur="2">${escapeXml(escapeXml(said))}</text>`,
        '<text start="65.2" dur="3">And &amp;#39;so&amp;#39; on.</text>',
      ];
      return { body: `<?xml version="1.0"?><transcript>${lines.join('')}</transcript>` };
    }
    return null;
  });
  const more = {
    silent,
    put(title: string, text: string) {
      const id = createHash('sha256').update(title).digest('base64url').slice(0, 11);
      last += 1;
      videos.set(id, { title, text, updated: 1_800_000_000 + last });
      return id;
    },
  };
  return Object.defineProperties(more, Object.getOwnPropertyDescriptors(site)) as typeof more & FakeSite;
}
