(() => {
  const form = document.querySelector('form[data-autosave]');
  if (!form) {
    for (const each of document.querySelectorAll('form[data-once]')) {
      each.addEventListener('submit', (event) => {
        if (each.dataset.sent) event.preventDefault();
        each.dataset.sent = 'yes';
      });
    }
    return;
  }
  const status = form.querySelector('[role=status]');
  const [choiceDelay, textDelay, retryDelay] = [150, 1200, 4000];
  const all = (parent, selector) => [...parent.querySelectorAll(selector)];
  let timer;
  let isDirty = false;
  let isSending = false;
  let saving = null;

  function say(question, text) {
    const message = question.querySelector('[data-field=validation]');
    message.hidden = !text;
    const summary = document.querySelector(`#errors [href='#q-${question.dataset.question}']`);
    if (!text && summary) summary.closest(summary.closest('ul').children.length > 1 ? 'li' : '#errors').remove();
    if (message.textContent !== text) message.textContent = text;
    for (const control of all(question, '.ds-input')) control.toggleAttribute('aria-invalid', false);
    if (text) for (const control of all(question, '.ds-input')) control.setAttribute('aria-invalid', 'true');
  }

  function show(reply) {
    for (const question of all(form, '[data-question]')) {
      const name = question.dataset.question;
      const isHidden = !reply.visible.includes(name);
      question.hidden = isHidden;
      for (const control of all(question, 'input, textarea, button')) control.disabled = isHidden;
      const asked = question.querySelector('[name=_asked]');
      const text = reply.messages[name] || '';
      // A required question that is still unanswered keeps its message.
      if (text || (asked.value !== reply.asked[name] && !question.dataset.full)) say(question, text);
      asked.value = reply.asked[name];
    }
    status.textContent = reply.status;
  }

  async function post(keepalive) {
    if (!isDirty) return;
    isDirty = false;
    status.textContent = status.dataset.saving;
    let text = status.dataset.failed;
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.dataset.autosave, { method: 'POST', body, keepalive });
      if (response.status >= 500) throw new Error();
      const reply = await response.json();
      if (response.ok) return show(reply);
      text = reply.message;
    } catch {
      if (!isSending) plan(retryDelay);
    }
    status.textContent = text;
  }

  // One at a time: each reply tells the next request what it is based on.
  async function save() {
    clearTimeout(timer);
    await saving;
    saving = post(false);
    await saving;
    saving = null;
  }

  function plan(delay) {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function tick(input, question) {
    const others = all(question, ':checked').filter((other) => other !== input);
    for (const other of others) {
      if ('exclusive' in input.dataset || 'exclusive' in other.dataset) other.checked = false;
    }
    if (others.filter((other) => other.checked).length < (question.dataset.count || Infinity)) return true;
    input.checked = false;
    // Stays until the question is answered anew: a reply that was on its way knows nothing of it.
    question.dataset.full = 'yes';
    say(question, question.dataset.maximum);
    return false;
  }

  form.addEventListener('change', ({ target }) => {
    const question = target.closest('[data-question]');
    if (target.type === 'checkbox' && target.checked && !tick(target, question)) return;
    if (question.dataset.full) say(question, '');
    delete question.dataset.full;
    const clear = question.querySelector('.clear');
    if (clear) clear.hidden = false;
    plan(choiceDelay);
  });
  form.addEventListener('input', ({ target }) => {
    if (/^text/.test(target.type)) plan(textDelay);
  });
  form.addEventListener('click', (event) => {
    if (!event.target.matches('.clear')) return;
    event.preventDefault();
    const radios = all(event.target.closest('[data-question]'), '[type=radio]');
    for (const radio of radios) radio.checked = false;
    event.target.hidden = true;
    radios[0].focus();
    plan(choiceDelay);
  });
  form.addEventListener('submit', async (event) => {
    if (isSending) return event.preventDefault();
    isSending = true;
    clearTimeout(timer);
    isDirty = false;
    if (!saving) return;
    event.preventDefault();
    await saving;
    isSending = false;
    form.requestSubmit(event.submitter);
  });
  for (const link of document.querySelectorAll('a[hreflang]')) {
    link.addEventListener('click', async (event) => {
      if (!isDirty && !saving) return;
      event.preventDefault();
      await save();
      location.assign(link.href);
    });
  }
  // Answers that were given before this script was there.
  const isChanged = (control) =>
    control.type === 'radio' || control.type === 'checkbox'
      ? control.checked !== control.defaultChecked
      : /^text/.test(control.type) && control.value !== control.defaultValue;
  if (all(form, '.ds-input').some(isChanged)) plan(choiceDelay);
  window.addEventListener('pagehide', () => post(true));
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
})();
