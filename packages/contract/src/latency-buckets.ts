/** Neighboring buckets differ by 10 percent, so the middle of a bucket is within 5 percent of its times. */
const RATIO = 1.1;
const MAX_MS = 86_400_000;

/** Bucket of a duration in milliseconds. Durations below a millisecond are in bucket 0. */
export function latencyBucketOf(milliseconds: number): number {
  return Math.round(Math.log(Math.min(Math.max(milliseconds, 1), MAX_MS)) / Math.log(RATIO));
}

/** The duration in the middle of a bucket. */
export function latencyOf(bucket: number): number {
  return Math.round(RATIO ** bucket);
}
