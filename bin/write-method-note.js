const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { packageRoot } = require('./run-program');

/** Writes docs/method.md anew from the texts of the method page; a test tells when it is out of date. */
require('tsx/cjs/api').register();
const { writeMethodNote } = require('../src/http/pages/results/method-note.ts');

writeFileSync(join(packageRoot, 'docs', 'method.md'), writeMethodNote());
