import { availableParallelism } from 'node:os';

// Jest runs the TypeScript sources as ES modules; SWC strips the types and lowers the decorators.
const swc = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: false },
  },
  module: { type: 'es6' },
};

export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/dashboards', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swc] },
  testTimeout: 60_000,
  // Jest leaves one core to itself, which of two is half: a test waits most of its time for its chain or its database.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // A worker that has grown is replaced before its next file: modules of earlier files are not all given back.
  workerIdleMemoryLimit: '1.5GB',
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  setupFiles: ['<rootDir>/scripts/without-channel.mjs'],
  reporters: ['default', '<rootDir>/scripts/closing-line.mjs'],
};
