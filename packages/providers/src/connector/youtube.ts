import { AppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext, SourceItem, SyncContext } from '@lorebox/ports/connector';
import { z } from 'zod';
import { address, list } from './fields.ts';
import { readJson, readOk } from './read-answer.ts';
import { readTranscript, toMarkdown } from './transcript.ts';
import { childrenOf, childText, findAll, parseXml } from './xml-tree.ts';

const Config = z.strictObject({
  videos: list('URLs or ids of videos.'),
  playlists: list('URLs or ids of playlists. Their newest videos are synced.'),
  channels: list('Ids of channels (UC...). Their newest videos are synced.'),
  languages: z
    .array(z.string().trim().min(2).max(20))
    .min(1)
    .max(20)
    .default(['en'])
    .meta({ description: 'Transcript languages in order of preference. If none is available, any other is used.' }),
  url: address('URL of the site.').default('https://www.youtube.com'),
});
type Config = z.infer<typeof Config>;

interface Video {
  id: string;
  version: string;
  title?: string | undefined;
  published?: string | undefined;
  author?: string | undefined;
}

const Player = z.object({
  playabilityStatus: z.object({ status: z.string(), reason: z.string().optional() }).optional(),
  videoDetails: z.object({ title: z.string().optional(), author: z.string().optional() }).optional(),
  captions: z
    .object({
      playerCaptionsTracklistRenderer: z
        .object({
          captionTracks: z
            .array(z.object({ baseUrl: z.string(), languageCode: z.string(), kind: z.string().optional() }))
            .default([]),
        })
        .optional(),
    })
    .optional(),
});
type Track = { baseUrl: string; languageCode: string; kind?: string | undefined };

/** The client that gets transcripts without a token. */
const CLIENT = { clientName: 'ANDROID', clientVersion: '20.10.38' };

/** Syncs transcripts with timestamps: of listed videos, and of the newest videos of playlists and channels. */
export const youtube: Connector = {
  id: 'youtube',
  label: 'YouTube transcripts',
  description: 'Transcripts of videos, and of the newest videos in playlists and channels.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 0.5,
  async check(context) {
    const config = Config.parse(context.config);
    const { videos, playlists, channels } = config;
    if (videos.length + playlists.length + channels.length === 0) {
      throw new AppError('BAD_REQUEST', 'config: Enter at least one video, playlist or channel.');
    }
    for (const video of videos) videoId(video);
    for (const feed of feedsOf(config).slice(0, 1)) await readFeed(context, feed);
  },
  async *sync(context) {
    const config = Config.parse(context.config);
    for (const given of config.videos) yield* takeVideo(context, config, { id: videoId(given), version: 'once' });
    for (const feed of feedsOf(config)) {
      for (const video of await readFeed(context, feed)) yield* takeVideo(context, config, video);
    }
    // Feeds list only the newest videos, so videos that disappear stay.
    if (config.playlists.length + config.channels.length === 0) yield { kind: 'full' };
  },
};

function feedsOf({ url, playlists, channels }: Config): string[] {
  const feed = (name: string, id: string) => `${url}/feeds/videos.xml?${new URLSearchParams({ [name]: id })}`;
  return [
    ...playlists.map((given) => feed('playlist_id', /[?&]list=([\w-]+)/.exec(given)?.[1] ?? given)),
    ...channels.map((given) => feed('channel_id', /\/channel\/([\w-]+)/.exec(given)?.[1] ?? given)),
  ];
}

function videoId(given: string): string {
  const id = /(?:[?&]v=|youtu\.be\/|\/(?:shorts|live|embed)\/|^)([\w-]{11})(?:[?&#/]|$)/.exec(given)?.[1];
  if (id) return id;
  throw new AppError('BAD_REQUEST', `config.videos: "${given}" is not the URL or id of a video.`);
}

async function readFeed(context: ConnectorContext, url: string): Promise<Video[]> {
  const document = parseXml(await (await readOk(context, url)).text());
  return findAll(document, 'entry').map((entry) => {
    const [author] = childrenOf(entry, 'author');
    return {
      id: childText(entry, 'yt:videoId'),
      version: childText(entry, 'updated') || 'once',
      title: childText(entry, 'title'),
      published: childText(entry, 'published'),
      author: author && childText(author, 'name'),
    };
  });
}

async function* takeVideo(context: SyncContext, config: Config, video: Video): AsyncGenerator<SourceItem> {
  const { id, version } = video;
  if ((await context.known(id))?.version === version) {
    yield { kind: 'seen', externalId: id };
    return;
  }
  const watchUrl = `${config.url}/watch?v=${id}`;
  const found = await findTracks(context, config, watchUrl, id);
  const track = chooseTrack(found.tracks, config.languages);
  if (!track) {
    yield { kind: 'failed', externalId: id, message: found.reason ?? 'The video has no transcript.' };
    return;
  }
  const title = video.title || found.title || id;
  yield {
    kind: 'upsert',
    externalId: id,
    version,
    filename: `${title.slice(0, 100)}.md`,
    title,
    contentType: 'text/markdown',
    url: watchUrl,
    metadata: {
      author: video.author || found.author,
      published: video.published,
      language: track.languageCode,
      automatic: track.kind === 'asr',
    },
    async *open() {
      const address = new URL(track.baseUrl, config.url);
      // Without a format parameter, the response is in the basic format.
      address.searchParams.delete('fmt');
      const lines = readTranscript(await (await readOk(context, address)).text());
      if (lines.length === 0) throw new AppError('UNPROCESSABLE', 'The transcript is empty.');
      yield new TextEncoder().encode(toMarkdown(title, lines));
    },
  };
}

async function findTracks(context: ConnectorContext, config: Config, watchUrl: string, id: string) {
  const page = await (await readOk(context, watchUrl, { headers: { 'accept-language': 'en' } })).text();
  const key = /"INNERTUBE_API_KEY":\s*"([\w-]+)"/.exec(page)?.[1];
  if (!key)
    throw new AppError('SOURCE_FAILED', "YouTube didn't return the page of the video: it requires a login or consent.");
  const { data } = await readJson(context, `${config.url}/youtubei/v1/player?key=${key}`, Player, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ context: { client: CLIENT }, videoId: id }),
  });
  const { playabilityStatus: playable, videoDetails, captions } = data;
  const isOk = playable === undefined || playable.status === 'OK';
  return {
    tracks: captions?.playerCaptionsTracklistRenderer?.captionTracks ?? [],
    title: videoDetails?.title,
    author: videoDetails?.author,
    reason: isOk ? null : (playable.reason ?? `The video is not playable (${playable.status}).`),
  };
}

/** Returns the first preferred language that exists, manual captions before automatic ones, or else any language. */
function chooseTrack(tracks: readonly Track[], languages: readonly string[]): Track | undefined {
  const written = [...tracks].sort((a, b) => Number(a.kind === 'asr') - Number(b.kind === 'asr'));
  for (const language of languages) {
    const track = written.find(({ languageCode: code }) => code === language || code.startsWith(`${language}-`));
    if (track) return track;
  }
  return written[0];
}
