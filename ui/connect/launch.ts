import { type LaunchReply, launchReplyOf, launchRequest } from './messages.ts';
import type { Page } from './page.ts';

const askEveryMs = 500;
const answerMaxMs = 15_000;
const nonceBytes = 16;

/**
 * Asks the frame that opened us for the flow, shows whom it links, and goes to the vendor. It reads
 * nothing from its own address: a mailed link has no opener and stops here.
 */
export async function launch(page: Page): Promise<void> {
  const opener: Window | null = window.opener;
  if (opener === null) return page.say('noOpener');
  page.say('asking');
  const reply = await askOpener(opener);
  if (!reply) return page.say('noOpener');
  const { flowId, launchSecret } = reply;
  const response = await fetch('/connect/begin', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    credentials: 'same-origin',
    redirect: 'error',
    body: JSON.stringify({ flowId, launchSecret }),
  }).catch(() => null);
  if (!response) return page.say('failed');
  const begun = response.ok ? begunOf(await response.json()) : null;
  if (!begun) return page.say(response.status === 410 ? 'expired' : 'failed');
  page.ask(begun, () => window.location.assign(begun.authorizeUrl));
}

function askOpener(opener: Window): Promise<LaunchReply | null> {
  const nonce = [...crypto.getRandomValues(new Uint8Array(nonceBytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const ask = () => opener.postMessage(launchRequest(nonce), window.location.origin);
  return new Promise((resolve) => {
    const heard = (event: MessageEvent<unknown>) => {
      if (event.source !== opener || event.origin !== window.location.origin) return;
      const reply = launchReplyOf(event.data, nonce);
      if (reply) end(reply);
    };
    const end = (reply: LaunchReply | null) => {
      clearInterval(asking);
      clearTimeout(late);
      window.removeEventListener('message', heard);
      resolve(reply);
    };
    const asking = setInterval(ask, askEveryMs);
    const late = setTimeout(() => end(null), answerMaxMs);
    window.addEventListener('message', heard);
    ask();
  });
}

interface Begun {
  authorizeUrl: string;
  system: string;
  tenant: string;
  marketplace: string;
  user: string;
}

/** The app's answer, with an address that is a web page. */
function begunOf(data: unknown): Begun | null {
  if (typeof data !== 'object' || data === null) return null;
  const members = new Map<string, unknown>(Object.entries(data));
  const text = (name: string): string => {
    const member = members.get(name);
    return typeof member === 'string' ? member : '';
  };
  const authorizeUrl = text('authorizeUrl');
  const isPage = ['https:', 'http:'].includes(URL.parse(authorizeUrl)?.protocol ?? '');
  return isPage
    ? {
        authorizeUrl,
        system: text('system'),
        tenant: text('tenant'),
        marketplace: text('marketplace'),
        user: text('user'),
      }
    : null;
}
