// The host side of the embedded app. The frame asks with a nonce; the page fetches a fresh signed token from its own
// backend and answers to the app's exact origin. Nothing is ever sent to `*`, and a message counts only if both its
// source and its origin are the app's.
const frame = document.querySelector('iframe[data-app-origin]');
const { appOrigin, module, theme, locale } = frame.dataset;
const HEIGHT_MIN = 320;
const HEIGHT_MAX = 20_000;

async function answerSession(nonce) {
  const response = await fetch('/host/session-token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ module }),
  });
  if (!response.ok) return;
  const { token } = await response.json();
  frame.contentWindow.postMessage(
    { type: 'mkt.session.reply', v: 1, nonce, token, theme, locale },
    appOrigin,
  );
}

window.addEventListener('message', (event) => {
  if (event.source !== frame.contentWindow || event.origin !== appOrigin) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null || message.v !== 1) return;
  if (message.type === 'mkt.session.request' && typeof message.nonce === 'string')
    answerSession(message.nonce);
  if (message.type === 'mkt.height' && Number.isFinite(message.height))
    frame.style.blockSize = `${Math.min(Math.max(message.height, HEIGHT_MIN), HEIGHT_MAX)}px`;
  if (message.type === 'mkt.title' && typeof message.title === 'string')
    document.title = `${message.title.slice(0, 80)} · ${frame.dataset.market}`;
});

// Only now, so that the first question of the frame finds somebody listening.
frame.src = frame.dataset.src;
