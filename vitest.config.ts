import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** On a busy machine, what a test waits for may take a while. */
const POLL = { poll: { interval: 50, timeout: 30_000 } };

export default defineConfig({
  test: {
    // Tests that load the model themselves: ONNX Runtime must not report to its maker from anyone's machine.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    maxWorkers: Math.min(4, availableParallelism()),
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: [
        '**/*.test.ts',
        '**/*.test-d.ts',
        '**/*.gen.ts',
        '**/*.d.ts',
        '**/testing/**',
        'apps/server/src/e2e/**',
        'packages/{testkit,bench}/**',
      ],
      reporter: ['json'],
      reportOnFailure: true,
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.{e2e,release}.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
          expect: POLL,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['apps/*/src/**/*.e2e.test.ts', 'packages/*/src/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          expect: POLL,
          hookTimeout: 120_000,
        },
      },
      {
        // What is published, as strangers get it: packed, installed from registries, in other runtimes and languages.
        test: {
          name: 'release',
          include: [
            '{apps,packages}/*/src/**/*.release.test.ts',
            'packages/*/test/**/*.release.test.ts',
            'scripts/**/*.release.test.ts',
          ],
          testTimeout: 300_000,
          expect: POLL,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
