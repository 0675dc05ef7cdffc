import type { Page } from 'playwright-core';

export interface Frames {
  /** Frames per second, as a mean. */
  rate: number;
  /** Longest time between two frames in milliseconds. */
  slowest: number;
  /** Tasks of more than 50 ms. */
  longTasks: number;
  /** Frames in which no row was in the page. */
  blank: number;
}

/** Starts counting frames and long tasks in the page. Returns a function that ends it. */
export async function watchFrames(page: Page, rowSelector = ''): Promise<() => Promise<Frames>> {
  await page.evaluate(`bench.startFrames(${JSON.stringify(rowSelector)})`);
  return () => page.evaluate<Frames>('bench.endFrames()');
}
