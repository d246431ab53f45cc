import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { projects } from './architecture.mjs';

const names = Object.keys(projects);
const packageName = (name) => (name === 'cli' ? 'undertow' : `@undertow/${name}`);
const escape = (text) => text.replaceAll(/[/.]/g, '\\$&');

/** Tests and what only they use may reach wider: they build their input with whatever makes it real. */
const testOnly = ['**/*.test.ts', '**/fixtures/**', '**/test-server/**', '**/typegen/**'];

/** Boundaries as the Nx rule understands them. */
const depConstraints = names.map((name) => ({
  sourceTag: `project:${name}`,
  onlyDependOnLibsWithTags: [
    `project:${name}`,
    ...projects[name].projects.map((other) => `project:${other}`),
  ],
  allowedExternalImports: projects[name].npm.flatMap((npm) => [npm, `${npm}/*`]),
}));

/**
 * The dashboard's test server answers with the API's own functions, and the API draws reports with the dashboard's charts. That closes a
 * circle which no program has: `test/architecture.test.ts` holds the rows of architecture.mjs to be free of circles.
 */
const throughTests = [
  ['@undertow/api', '@undertow/web'],
  ['@undertow/api', '@undertow/report-page'],
  ['@undertow/report-page', '@undertow/web'],
];

/** A project may import relative paths and what its row names; everything else fails, installed or not. */
const allowedImports = (name) => {
  const { projects: others, npm, node } = projects[name];
  const packages = [...others.map(packageName), ...npm].map((allowed) => `${escape(allowed)}(/|$)`);
  return ['\\.{1,2}/', ...packages, ...(node ? ['node:'] : [])].join('|');
};
const closedImports = (name) => ({
  files: [`${projects[name].root}/src/**/*.ts`],
  ignores: testOnly,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?!${allowedImports(name)})`,
            message: `Not in the row of ${name} in architecture.mjs.`,
          },
        ],
      },
    ],
  },
});

/** Pure projects see no clock, no randomness, no environment and no I/O. */
const pureGlobals = [
  'process',
  'fetch',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];
const pure = {
  files: names.filter((name) => projects[name].pure).map((name) => `${projects[name].root}/src/**/*.ts`),
  ignores: testOnly,
  rules: {
    'no-restricted-globals': ['error', ...pureGlobals, 'performance', 'crypto', 'globalThis', 'Buffer'],
    'no-restricted-syntax': [
      'error',
      {
        selector: "NewExpression[callee.name='Date'], CallExpression[callee.name='Date']",
        message: 'Time is an argument.',
      },
      {
        selector: "MemberExpression[object.name='Date'][property.name='now']",
        message: 'Time is an argument.',
      },
      {
        selector: "MemberExpression[object.name='Math'][property.name='random']",
        message: 'Seeds are arguments.',
      },
      { selector: 'ImportExpression', message: 'Pure projects import statically.' },
    ],
  },
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.undertow/**', 'bench/peers/**'] },
  ...tseslint.configs.recommended,
  { plugins: { '@nx': nx } },
  {
    files: ['**/*.ts', '**/*.mjs'],
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts', 'dashboards/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints,
          ignoredCircularDependencies: throughTests,
        },
      ],
    },
  },
  {
    files: testOnly,
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  ...names.map(closedImports),
  pure,
);
