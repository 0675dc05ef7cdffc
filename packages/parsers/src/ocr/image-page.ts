import type { Sharp } from 'sharp';

export interface ImagePage {
  pixels: Sharp;
  /** Display size, after applying the camera orientation. */
  width: number;
  height: number;
}
