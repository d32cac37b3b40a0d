import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    // Names of table rows in full: by them a row is found and run alone.
    chaiConfig: { truncateThreshold: 0 },
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/lifecycle/*.generated.ts'],
      reporter: ['text', 'html', 'json-summary'],
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['__tests__/**/*.test.ts'],
          exclude: ['__tests__/e2e/**'],
          globalSetup: '__tests__/helpers/build-bundle.ts',
          // What needs a process of its own starts one: a module registry per file would double the time.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['__tests__/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
