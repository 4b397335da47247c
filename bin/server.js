const { checkNode, isInstalled, runProgram, stop } = require('./run-program');
const { buildAssets } = require('./build-assets');

checkNode();
if (!isInstalled('express')) stop('The packages are not installed; run "npm ci" first.');
buildAssets()
  .then(() => {
    runProgram('server');
  })
  .catch((error) => {
    stop(`The style sheet and scripts of the pages could not be built: ${error.message.split('\n')[0]}`);
  });
