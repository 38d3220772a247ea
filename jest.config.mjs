import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;

const everywhere = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Decorators of forms ask for it when they are loaded.
  setupFiles: ['reflect-metadata'],
};

// By what a test needs: nothing (unit), a disk, an engine or threads (int), a whole service over HTTP (e2e).
export default {
  // Of all projects: Jest heeds no project's own. Tests that start processes share two cores with others.
  testTimeout: 60_000,
  projects: [
    {
      ...everywhere,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,tools,bench}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e)\\.spec\\.ts$'],
    },
    // Threads and processes that these start run from dist/, so it is brought up to date first.
    {
      ...everywhere,
      displayName: 'int',
      testMatch: ['<rootDir>/{apps,libs,tools,bench}/**/*.int.spec.ts'],
      globalSetup: '<rootDir>/tools/jest-build.mjs',
    },
    {
      ...everywhere,
      displayName: 'e2e',
      testMatch: ['<rootDir>/{apps,libs,tools,bench}/**/*.e2e.spec.ts'],
      globalSetup: '<rootDir>/tools/jest-build.mjs',
    },
  ],
};
