// The host side of the embedded app. The frame asks with a nonce; the page fetches a fresh signed token from its own
// backend and answers to the app's exact origin. Nothing is ever sent to `*`, and a message counts only if both its
// source and its origin are the app's.
const frame = document.querySelector('iframe[data-app-origin]');
const { appOrigin, module, theme, locale } = frame.dataset;
const HEIGHT_MIN = 320;
const HEIGHT_MAX = 20_000;
const SCREEN_MAX = 300;

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

/** The page's own address names the screen, so that reading it anew or sharing it opens the same one. */
function keepScreen(screen) {
  const address = new URL(location.href);
  if (screen === '') address.searchParams.delete('screen');
  else address.searchParams.set('screen', screen);
  history.replaceState(history.state, '', address);
}

window.addEventListener('message', (event) => {
  if (event.source !== frame.contentWindow || event.origin !== appOrigin) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null || message.v !== 1) return;
  if (message.type === 'mkt.session.request' && typeof message.nonce === 'string')
    answerSession(message.nonce);
  if (message.type === 'mkt.height' && Number.isFinite(message.height))
    frame.style.blockSize = `${Math.min(Math.max(message.height, HEIGHT_MIN), HEIGHT_MAX)}px`;
  if (message.type === 'mkt.screen' && typeof message.screen === 'string')
    keepScreen(message.screen.slice(0, SCREEN_MAX));
});

// Only now, so that the first question of the frame finds somebody listening.
frame.src = frame.dataset.src;
