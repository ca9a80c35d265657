// Forms and buttons of the marketplace's pages: a form with `data-path` sends its fields as JSON, then the page is read
// again in place, so that what was done shows.
const said = () => document.querySelector('[data-said]');

function bodyOf(form) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.dataset.skip !== undefined) continue;
    if (field.type === 'checkbox') {
      body[field.name] = field.checked;
    } else if (field.value === '') {
      if (field.dataset.empty === 'null') body[field.name] = null;
    } else if (field.type === 'number' || field.dataset.type === 'number') {
      body[field.name] = Number(field.value);
    } else if (field.dataset.type === 'json') {
      body[field.name] = JSON.parse(field.value);
    } else {
      body[field.name] = field.value;
    }
  }
  return body;
}

function words(answer) {
  if (Array.isArray(answer.orders)) {
    if (answer.orders.length === 0) return 'Nothing was due.';
    const [first] = answer.orders;
    const total = `${first.total.currency} ${first.total.amount}`;
    return answer.orders.length === 1
      ? `Order ${first.orderNumber} over ${total} is ${first.status}.`
      : `${answer.orders.length} orders were made.`;
  }
  if (answer.invoices !== undefined) return `${answer.invoices} invoices were written by hand.`;
  if (answer.documents !== undefined)
    return `${answer.lines} lines are kept open by hand on ${answer.documents} documents.`;
  if (answer.now) return `It is now ${answer.now.slice(0, 10)} ${answer.now.slice(11, 16)} UTC.`;
  return 'Done.';
}

async function refresh() {
  const page = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
  const fresh = new DOMParser().parseFromString(await page.text(), 'text/html');
  document.querySelector('main').innerHTML = fresh.querySelector('main').innerHTML;
}

function show(text, tone) {
  const output = said();
  if (!output) return;
  output.dataset.tone = tone;
  output.textContent = text;
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.dataset.path) return;
  event.preventDefault();
  const button = form.querySelector('button[type="submit"]');
  button?.setAttribute('aria-disabled', 'true');
  show('Working …', '');
  try {
    const response = await fetch(form.dataset.path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(bodyOf(form)),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.message ?? `The answer was ${response.status}.`);
    if (form.dataset.then) {
      window.location.assign(form.dataset.then);
      return;
    }
    await refresh();
    show(words(answer), '');
  } catch (error) {
    show(error.message, 'warn');
  } finally {
    button?.removeAttribute('aria-disabled');
  }
});

// The selects of the bar at the top act when they are changed.
document.addEventListener('change', async (event) => {
  const field = event.target;
  if (field.dataset.act === 'user') {
    await fetch('/sandbox/users/switch', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userId: field.value }),
    });
    window.location.reload();
  }
  if (field.dataset.act === 'theme') {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `fernhill_theme=${field.value}; Path=/; SameSite=Lax`;
    window.location.reload();
  }
});

// On a narrow page the way that one is on may lie outside the bar.
document
  .querySelector('.side [aria-current]')
  ?.scrollIntoView({ inline: 'center', block: 'nearest' });
