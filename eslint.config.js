import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'vendor/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
    },
  },
  { files: ['src/cli/**/*.ts', 'src/demo/**/*.ts', 'src/bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['web/**/*.tsx', 'web/**/*.ts'],
    extends: [reactHooks.configs.flat.recommended],
    // Else a page carries the service's checks of input with it, for the sake of a type.
    rules: { '@typescript-eslint/no-import-type-side-effects': 'error' },
  },
  // One list of all words, so that no two pages call a thing by two names.
  { files: ['web/src/text/words/*.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    // Firefox is spoken to over a WebSocket of its own.
    ignores: ['src/asterisk/**', 'test/asterisk/**', 'test/pbx/ari-*.test.ts', 'test/support/firefox.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['ari-client', 'asterisk-manager', 'ws'].map((name) => ({
            name,
            message: 'Only src/asterisk talks to the PBX.',
          })),
        },
      ],
    },
  },
);
