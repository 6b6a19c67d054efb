import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

const everywhere = ['console', 'fetch', 'performance', 'process', 'Buffer', 'URL', 'URLSearchParams', 'WebAssembly', 'TextEncoder', 'TextDecoder',
  'AbortController', 'AbortSignal', 'Response', 'ReadableStream', 'setTimeout', 'clearTimeout', 'setInterval',
  'clearInterval', 'setImmediate', 'queueMicrotask', 'structuredClone', 'atob', 'btoa', 'crypto'];
const inPages = ['window', 'document', 'navigator', 'location', 'customElements', 'HTMLElement', 'Event', 'CustomEvent',
  'MutationObserver', 'PerformanceObserver', 'history', 'getComputedStyle', 'indexedDB', 'localStorage', 'requestAnimationFrame', 'addEventListener', 'FormData', 'XMLHttpRequest', 'Request', 'candor'];
const readonly = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default defineConfig(
  globalIgnores(['build/', 'dist/', 'node_modules/']),
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      'no-var': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: readonly(everywhere) },
  },
  {
    files: ['tests/browser/**', 'examples/**'],
    languageOptions: { globals: readonly(inPages) },
  },
  {
    files: ['**/*.ts'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // What `widget/` must never do: every page it stands in may forbid it (measured under strict content policies).
      'no-restricted-syntax': ['error',
        { selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]', message: 'use createElement and textContent' },
        { selector: "ThrowStatement > :matches(Literal, TemplateLiteral)", message: 'throw an Error' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
);
