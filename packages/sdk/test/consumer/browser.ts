// The acceptance program for a page: bundled, and called by the test.
import { runAcceptance } from './acceptance.ts';

Object.assign(globalThis, { runAcceptance });
