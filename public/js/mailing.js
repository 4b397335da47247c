/** Shows how far a mailing has come, unless somebody is about to do something on the page. */
const reloadMilliseconds = 5000;

function isInUse() {
  return document.querySelector('details[open], input:focus, textarea:focus') !== null;
}

setInterval(() => {
  if (!isInUse() && document.visibilityState === 'visible') location.reload();
}, reloadMilliseconds);
