import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const processMessage = 'Only config.ts, server.ts, cli.ts and platform/ may read the process.';

export default tseslint.config(
  { ignores: ['dist/', 'public/build/', 'data/', 'coverage/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      complexity: ['error', 15],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config.ts', 'src/server.ts', 'src/cli.ts', 'src/platform/**'],
    rules: { 'no-restricted-globals': ['error', { name: 'process', message: processMessage }] },
  },
  {
    files: ['src/domain/**/*.ts', 'src/formats/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Pass random in.' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Pass now in.' },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Pass now in.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  {
    files: ['public/js/**/*.js'],
    languageOptions: {
      globals: {
        document: 'readonly',
        window: 'readonly',
        fetch: 'readonly',
        FormData: 'readonly',
        location: 'readonly',
        URLSearchParams: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        navigator: 'readonly',
        Chart: 'readonly',
        IntersectionObserver: 'readonly',
      },
    },
  },
  prettier,
);
