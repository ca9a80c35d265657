import { wait } from './clock.ts';
import type { HostWorld } from './host.ts';

/** The handshake's view of the real window. */
export function browserHost(view: Window & typeof globalThis): HostWorld {
  const parent = view.parent;
  return {
    framed: parent !== view,
    ownOrigin: view.origin,
    parentOrigin: view.location.ancestorOrigins?.[0] ?? null,
    origins: listedOrigins(view.document),
    post: (message, targetOrigin) => parent.postMessage(message, targetOrigin),
    listen: (heard) => {
      const onMessage = (event: MessageEvent) =>
        heard({ data: event.data, origin: event.origin, fromParent: event.source === parent });
      view.addEventListener('message', onMessage);
      return () => view.removeEventListener('message', onMessage);
    },
    nonce: () => randomHex(16),
    wait,
  };
}

/** Random bytes as hexadecimal text. */
export const randomHex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

function listedOrigins(page: Document): string[] {
  const content = page.querySelector('meta[name="host-origins"]')?.getAttribute('content') ?? '';
  return content.split(/\s+/).filter((origin) => /^https?:\/\/[^/*]+$/.test(origin));
}
