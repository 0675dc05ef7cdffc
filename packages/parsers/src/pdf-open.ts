import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { ParseFailure } from '@lorebox/ports/parser';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { refuseStart } from './ocr/refuse-start.ts';

const require = createRequire(import.meta.url);

/** Drawing classes that pdf.js looks for when loaded; without stand-ins it would load a native canvas only to read text. */
function provideDrawingStubs(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) scope[name] ??= class {};
}

/** The real ones, native code, for pages that are to be drawn. */
async function provideDrawing(): Promise<void> {
  const { DOMMatrix, ImageData, Path2D } = await import('@napi-rs/canvas').catch(refuseStart);
  Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
}

/** Opens a PDF for reading or drawing. Fonts and character maps come from the installed package, never from the network. */
export async function openPdf(bytes: Uint8Array, maxImagePixels: number, isDrawn: boolean): Promise<PDFDocumentProxy> {
  if (isDrawn) await provideDrawing();
  else provideDrawingStubs();
  const { getDocument, PasswordException } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    // pdf.js takes the buffer away from its owner.
    data: new Uint8Array(bytes),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    iccUrl: `${folder}/iccs/`,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
    // Larger ones are left blank: a few bytes may claim to be a picture of gigabytes.
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
