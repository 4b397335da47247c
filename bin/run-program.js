const { existsSync } = require('node:fs');
const { join } = require('node:path');

const oldestNode = [20, 19];
const packageRoot = join(__dirname, '..');

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isTooOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (isTooOld) stop(`Node ${oldestNode.join('.')} or newer is needed; this is Node ${process.versions.node}.`);
}

function isInstalled(name) {
  return existsSync(join(packageRoot, 'node_modules', name, 'package.json'));
}

/**
 * Runs a program of this package: the TypeScript source in a development installation, else the compiled code.
 * @param {string} name file name under src without extension
 */
function runProgram(name) {
  checkNode();
  const compiled = join(packageRoot, 'dist', 'src', `${name}.js`);
  if (!isInstalled('express')) stop('The packages are not installed; run "npm ci" first.');
  if (isInstalled('tsx')) {
    require('tsx/cjs/api').register();
    require(join(packageRoot, 'src', `${name}.ts`));
  } else if (existsSync(compiled)) {
    require(compiled);
  } else {
    stop('The program is not compiled; run "npm ci && npm run build" before "npm ci --omit=dev".');
  }
}

module.exports = { checkNode, isInstalled, packageRoot, runProgram, stop };
