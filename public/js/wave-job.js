/** Shows how far a job has come, and loads the page again when it is over. */
const pollMilliseconds = 2000;
const text = document.querySelector('[data-progress-address]');
const bar = document.querySelector('.wave-job progress');

function show({ text: words, percent }) {
  if (text.textContent !== words) text.textContent = words;
  if (percent === null) bar.removeAttribute('value');
  else bar.value = percent;
}

async function poll() {
  // A server that is being started again answers a little later.
  const progress = await fetch(text.dataset.progressAddress, { headers: { accept: 'application/json' } })
    .then((response) => (response.ok ? response.json() : undefined))
    .catch(() => undefined);
  if (progress === null) location.reload();
  else {
    if (progress !== undefined) show(progress);
    setTimeout(poll, pollMilliseconds);
  }
}

if (text !== null && bar !== null) setTimeout(poll, pollMilliseconds);
