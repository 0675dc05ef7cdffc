import type { Sharp } from 'sharp';

export interface ImagePage {
  pixels: Sharp;
  /** As it is to be looked at, after the camera's orientation. */
  width: number;
  height: number;
}
