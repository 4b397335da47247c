const { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { packageRoot } = require('./run-program');

const dist = join(packageRoot, 'dist');

function listFiles(folder) {
  return readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(packageRoot.length + 1));
}

/** Files that the code reads beside itself and that the compiler leaves behind. */
function copyDataFiles() {
  for (const file of listFiles('src').filter((path) => path.endsWith('.json'))) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    copyFileSync(join(packageRoot, file), join(dist, file));
  }
}

/** A compiled migration whose source is gone would still be run. */
function removeOrphans() {
  for (const file of listFiles('dist').filter((path) => /\.js(\.map)?$/.test(path))) {
    const source = file.slice('dist/'.length).replace(/\.js(\.map)?$/, '.ts');
    if (!existsSync(join(packageRoot, source))) rmSync(join(packageRoot, file));
  }
}

copyDataFiles();
removeOrphans();
