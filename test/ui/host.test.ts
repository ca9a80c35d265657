import { describe, expect, it } from 'vitest';
import {
  askHost,
  type HostMessage,
  type HostWorld,
  tellHeight,
  tellScreen,
} from '../../ui/host.ts';

const host = 'https://market.example';
const reply = {
  type: 'mkt.session.reply',
  v: 1,
  nonce: 'n1',
  token: 't',
  theme: 'dark',
  locale: 'nl',
};

/** A window that is framed by `host`; its listeners can be spoken to, and time ends when told. */
function worldOf(more: Partial<HostWorld> = {}) {
  const posted: { message: object; target: string }[] = [];
  const listeners = new Set<(message: HostMessage) => void>();
  let end = () => {};
  const silence = new Promise<void>((resolve) => {
    end = resolve;
  });
  const world: HostWorld = {
    framed: true,
    ownOrigin: 'https://app.example',
    parentOrigin: null,
    origins: [host],
    post: (message, target) => posted.push({ message, target }),
    listen: (heard) => {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    nonce: () => 'n1',
    wait: () => silence,
    ...more,
  };
  const speak = (message: Partial<HostMessage>) => {
    for (const heard of listeners)
      heard({ data: reply, origin: host, fromParent: true, ...message });
  };
  return { world, posted, listeners, speak, end };
}

describe('the handshake with the host page', () => {
  it('T24: posts the request to each listed origin exactly and takes the right reply', async () => {
    const { world, posted, speak, listeners } = worldOf({ origins: [host, 'https://b.example'] });
    const asked = askHost(world);
    speak({});
    expect(await asked).toEqual({
      ok: true,
      reply: { token: 't', theme: 'dark', locale: 'nl' },
    });
    const message = { type: 'mkt.session.request', v: 1, nonce: 'n1' };
    expect(posted).toEqual([
      { message, target: host },
      { message, target: 'https://b.example' },
    ]);
    expect(listeners.size).toBe(0);
  });

  it('posts only to the origin the browser says the host has', async () => {
    const { world, posted, speak } = worldOf({
      origins: ['https://b.example', host],
      parentOrigin: host,
    });
    const asked = askHost(world);
    speak({});
    await asked;
    expect(posted.map(({ target }) => target)).toEqual([host]);
  });

  it.each([
    ['another window', { fromParent: false }],
    ['an origin that is not listed', { origin: 'https://evil.example' }],
    ['another nonce', { data: { ...reply, nonce: 'n2' } }],
    ['another version', { data: { ...reply, v: 2 } }],
    ['a member too many', { data: { ...reply, more: 1 } }],
    ['no token', { data: { ...reply, token: '' } }],
    ['no object', { data: 'mkt.session.reply' }],
  ])('T24, V3.5.5: does not hear %s', async (_name, message) => {
    const { world, speak, end } = worldOf();
    const asked = askHost(world);
    speak(message);
    end();
    expect(await asked).toEqual({ ok: false, failure: 'no-answer' });
  });

  it('says why there can be no session', async () => {
    const failureOf = (more: Partial<HostWorld>) => askHost(worldOf(more).world);
    expect(await failureOf({ framed: false })).toEqual({ ok: false, failure: 'not-framed' });
    expect(await failureOf({ ownOrigin: 'null' })).toEqual({ ok: false, failure: 'null-origin' });
    expect(await failureOf({ parentOrigin: 'https://evil.example' })).toEqual({
      ok: false,
      failure: 'unlisted',
    });
    expect(await failureOf({ origins: [] })).toEqual({ ok: false, failure: 'unlisted' });
  });

  it('T24: never posts with a wildcard, and nothing where nobody frames it', () => {
    const { world, posted } = worldOf();
    tellHeight(world, 640);
    tellScreen(world, 'c/x1/tasks?view=all');
    expect(posted).toEqual([
      { message: { type: 'mkt.height', v: 1, height: 640 }, target: host },
      { message: { type: 'mkt.screen', v: 1, screen: 'c/x1/tasks?view=all' }, target: host },
    ]);
    const alone = worldOf({ framed: false });
    tellScreen(alone.world, 'c/x1');
    expect(alone.posted).toEqual([]);
  });
});
