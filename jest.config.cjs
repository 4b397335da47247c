const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** Packages that ship ES modules only; Node loads them with require(), Jest has to have them translated. */
const moduleOnly = '(?:@formatjs|intl-messageformat|openid-client|oauth4webapi|jose|postal-mime)';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/{unit,integration,browser}/**/*.test.ts'],
  transform: { '^.+\\.ts$': swc, [`/node_modules/${moduleOnly}/.+\\.js$`]: swc },
  transformIgnorePatterns: [`/node_modules/(?!${moduleOnly}/)`],
  moduleFileExtensions: ['ts', 'js', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  maxWorkers: 2,
  // Only ends a test that hangs: how fast things are is measured in bench/.
  testTimeout: 300000,
};
