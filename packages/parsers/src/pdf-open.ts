import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { ParseFailure } from '@lorebox/ports/parser';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { refuseStart } from './ocr/refuse-start.ts';

const require = createRequire(import.meta.url);

/**
 * Provides stubs for drawing classes that pdf.js looks up when loaded. Without them it would load a native canvas just
 * to read text.
 */
function provideDrawingStubs(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) scope[name] ??= class {};
}

/** Loads the real classes, which are native code, for pages that are rendered. */
async function provideDrawing(): Promise<void> {
  const { DOMMatrix, ImageData, Path2D } = await import('@napi-rs/canvas').catch(refuseStart);
  Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
}

/**
 * Opens a PDF for reading or rendering. Fonts and character maps come from the installed package, never from the
 * network.
 */
export async function openPdf(bytes: Uint8Array, maxImagePixels: number, isDrawn: boolean): Promise<PDFDocumentProxy> {
  if (isDrawn) await provideDrawing();
  else provideDrawingStubs();
  const { getDocument, PasswordException } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    // pdf.js takes ownership of the buffer.
    data: new Uint8Array(bytes),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    iccUrl: `${folder}/iccs/`,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
    // Larger images stay blank, because a few bytes can claim to be an image of gigabytes.
    maxImageSize: maxImagePixels,
    verbosity: 0,
  });
  try {
    return await task.promise;
  } catch (error) {
    if (error instanceof PasswordException) {
      throw new ParseFailure('encrypted', 'This PDF is password-protected. Remove the password and upload it again.', {
        cause: error,
      });
    }
    throw error;
  }
}
