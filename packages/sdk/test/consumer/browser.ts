// The acceptance program as a page gets it: bundled, and called by the test.
import { runAcceptance } from './acceptance.ts';

Object.assign(globalThis, { runAcceptance });
