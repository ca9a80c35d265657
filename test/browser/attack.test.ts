import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../ui/browser.ts';
import { click } from './kit/named.ts';
import { ports } from './kit/ports.ts';
import { sendJson } from './kit/send-json.ts';
import { followTour } from './kit/set-up.ts';
import { type Visitor, visit } from './kit/visitor.ts';
import { type ProcessWorld, startWorld } from './kit/world.ts';

/** App, marketplace and vendor are three sites here, so the browser's own rules are what is tried. */
let world: ProcessWorld;
let browser: Browser;
beforeAll(async () => {
  world = await startWorld(ports.attack);
  // A page that a test answers in the server's place has no address, and Chromium lets such a page
  // frame nothing on this machine.
  browser = await launch(['--disable-features=LocalNetworkAccessChecks']);
  const visitor = await visit(browser, world.marketplace);
  await followTour(visitor, world, [2, 3]);
  await visitor.close();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const appPage = '/apps/ledgerport?module=xero';
const launchPath = '/connect/launch';
const heading = (page: Page, text: string) =>
  page.getByRole('heading', { name: text }).waitFor({ timeout: 20_000 });
const see = async (visitor: Visitor, text: string | RegExp) =>
  (await visitor.app())
    .getByText(text)
    .filter({ visible: true })
    .first()
    .waitFor({ timeout: 20_000 });

/** A person who has pressed the last button before the vendor's window. */
async function atTheWindow(
  options: Parameters<typeof visit>[2] & {
    headers?: Record<string, string>;
    atOnce?: boolean;
  } = {},
): Promise<Visitor> {
  // Nobody begins more than five connections in ten minutes.
  if (options.atOnce !== true) await world.control('/sandbox/clock', { advanceMs: 11 * 60_000 });
  const visitor = await visit(browser, 'about:blank', options);
  const { headers } = options;
  if (headers)
    await visitor.page.route(`${world.marketplace}/apps/**`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
    });
  await visitor.page.goto(`${world.marketplace}${appPage}&screen=connect/xero`);
  await click(await visitor.app(), 'Continue to Xero');
  return visitor;
}

async function allow(window: Page): Promise<void> {
  await click(window, 'Cloud Reseller Services');
  await click(window, 'Allow access');
}

/**
 * Between vendor and app: the address that the vendor sends the window to, and where it goes instead.
 * A redirect cannot be held, so it is the vendor's answer that is replaced.
 */
async function between(visitor: Visitor, instead: (address: URL) => URL | null): Promise<URL> {
  const sent = Promise.withResolvers<URL>();
  // A way that is laid for the context while its window is still opening does not hold in that window.
  const window = await visitor.window();
  await window.waitForLoadState();
  await window.route(
    ({ origin }) => origin !== world.app && origin !== world.marketplace,
    async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      // A connection that the vendor closed while it was idle is tried again: nothing was sent on it.
      const answer = await route
        .fetch({ maxRedirects: 0, maxRetries: 3 })
        .catch((error: unknown) => {
          sent.reject(error);
          throw error;
        });
      const { location } = answer.headers();
      if (location === undefined) {
        sent.reject(new Error(`the vendor answered ${answer.status()}: ${await answer.text()}`));
        return route.abort();
      }
      const address = new URL(location);
      sent.resolve(address);
      const target = instead(address);
      const go =
        target === null ? '' : `<script>location.replace(${JSON.stringify(target)})</script>`;
      return route.fulfill({ contentType: 'text/html', body: `<h1>Held</h1>${go}` });
    },
  );
  await click(window, 'Continue');
  await allow(window);
  return sent.promise;
}

const shellSchema = v.object({ connections: v.array(v.unknown()) });
async function connections(): Promise<number> {
  const said = v.parse(
    v.object({ token: v.string() }),
    await world.control('/sandbox/session-token', { userId: 'bluegum-owner', module: 'xero' }),
  );
  const { token } = v.parse(
    v.object({ token: v.string() }),
    await sendJson(`${world.app}/v1/session`, {}, { authorization: `Bearer ${said.token}` }),
  );
  const shell = await sendJson(`${world.app}/v1/shell`, undefined, {
    authorization: `Bearer ${token}`,
  });
  return v.parse(shellSchema, shell).connections.length;
}

test('T34: a browser that blocks the window says so, and nothing is begun', async () => {
  const visitor = await atTheWindow({
    script: () => {
      window.open = () => null;
    },
  });
  await see(visitor, 'Your browser blocked the window.');
  expect(visitor.context.pages()).toHaveLength(1);
  await visitor.close();
}, 60_000);

test.each([
  ['unsafe-none', true],
  ['same-origin-allow-popups', true],
  ['noopener-allow-popups', true],
  ['same-origin', false],
] as const)(
  'T34: beside a marketplace page with the opener policy %s the window is the app’s: %s',
  async (policy, isOurs) => {
    const visitor = await atTheWindow({ headers: { 'cross-origin-opener-policy': policy } });
    const window = await visitor.window();
    if (isOurs) await heading(window, 'Link Xero');
    else {
      await heading(window, 'This window was not opened by the app');
      // The browser gives the frame no window at all then, as if it had blocked it.
      await see(visitor, 'Your browser blocked the window.');
      await see(visitor, /keeps its windows apart/);
    }
    await visitor.close();
    expect(await connections()).toBe(0);
  },
  60_000,
);

test('T30, V10.1.2: a link to the window itself, opened by anybody else, connects nothing', async () => {
  const victim = await visit(browser, `${world.app}${launchPath}?flowId=x&launchSecret=y#z`);
  await heading(victim.page, 'This window was not opened by the app');
  // A page of a stranger that opens it is an opener, but not of our origin: it is asked and cannot answer.
  await victim.page.goto(world.marketplace);
  const opening = victim.context.waitForEvent('page');
  await victim.page.evaluate((address) => {
    const opened = window.open(address);
    window.addEventListener('message', () => {
      document.title = 'heard';
    });
    for (const nonce of ['', 'a'])
      opened?.postMessage(
        { type: 'connect.launch.reply', v: 1, nonce, flowId: 'a', launchSecret: 'b' },
        '*',
      );
  }, `${world.app}${launchPath}`);
  const opened = await opening;
  await heading(opened, 'This window was not opened by the app');
  expect(await victim.page.title()).not.toBe('heard');
  await victim.close();
  expect(await connections()).toBe(0);
}, 60_000);

test('T30: a vendor’s page that was mailed to a victim ends without a connection, on both sides', async () => {
  const sender = await atTheWindow();
  const window = await sender.window();
  await click(window, 'Continue');
  await window.getByRole('button', { name: 'Allow access' }).waitFor();
  const mailed = window.url();
  const victim = await visit(browser, mailed);
  await allow(victim.page);
  await heading(victim.page, 'Not connected');
  expect(new URL(victim.page.url()).search).toBe('');
  await see(sender, /did not|not belong|Nothing was connected|was not/);
  await Promise.all([sender.close(), victim.close()]);
  expect(await connections()).toBe(0);
}, 90_000);

/** A code that its own window never handed in. */
let stolen = '';
test('T31: an answer at another system’s address, or one that was used, connects nothing', async () => {
  const visitor = await atTheWindow();
  const address = await between(visitor, (sent) => {
    const elsewhere = new URL(sent);
    elsewhere.pathname = '/connect/callback/autotask';
    return elsewhere;
  });
  stolen = address.searchParams.get('code') ?? '';
  const window = await visitor.window();
  await heading(window, 'Not connected');
  // The way is spent: the right address does not help any more.
  await window.goto(address.href);
  await heading(window, 'This attempt is over');
  await visitor.close();
  expect(await connections()).toBe(0);
}, 90_000);

test('T29: a code of somebody else’s consent is worth nothing in another window', async () => {
  expect(stolen).not.toBe('');
  const victim = await atTheWindow({ atOnce: true });
  const own = await between(victim, (address) => {
    const changed = new URL(address);
    changed.searchParams.set('code', stolen);
    return changed;
  });
  expect(own.searchParams.get('code')).not.toBe(stolen);
  await see(victim, /refused|not connected|again/i);
  expect(await (await victim.app()).getByText('Which organisation?').count()).toBe(0);
  await victim.close();
  expect(await connections()).toBe(0);
}, 90_000);

test('T27: inside the page no text becomes HTML or a script, and nothing of another site loads', async () => {
  const visitor = await visit(browser, `${world.marketplace}${appPage}`);
  const app = await visitor.app();
  const outcomes = await app.evaluate(async () => {
    const tried = (act: () => unknown): string => {
      try {
        act();
        return 'done';
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown';
      }
    };
    const element = document.createElement('div');
    const script = document.createElement('script');
    const inline = tried(() => {
      script.textContent = 'window.wasRun = true';
      document.head.append(script);
    });
    const away = await fetch('https://evil.example/', { mode: 'no-cors' }).catch(
      ({ name }: Error) => name,
    );
    return {
      html: tried(() => Reflect.set(element, 'innerHTML', '<img src=x onerror=1>')),
      write: tried(() => document.write('<p>')),
      address: tried(() => Reflect.set(script, 'src', 'https://evil.example/x.js')),
      policy: tried(() => Reflect.get(window, 'trustedTypes').createPolicy('default', {})),
      inline,
      wasRun: Reflect.get(window, 'wasRun') === true,
      away: typeof away === 'string' ? away : 'loaded',
      stored: document.cookie,
    };
  });
  expect(outcomes).toMatchObject({ wasRun: false, away: 'TypeError', stored: '' });
  for (const name of ['inline', 'html', 'write', 'address', 'policy'] as const)
    expect([name, outcomes[name]]).not.toEqual([name, 'done']);
  await visitor.close();
}, 60_000);

test('T23: a page of another site cannot frame the app', async () => {
  const refused = await browser.newContext();
  const page = await refused.newPage();
  await page.route('http://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe id="app" src="${world.app}/embed?mp=sandbox"></iframe>`,
    }),
  );
  const refusal = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
  await page.goto('http://evil.example/');
  const frame = await (await page.waitForSelector('#app')).contentFrame();
  await refusal;
  expect(await frame?.locator('#app h1').count()).toBe(0);
  expect(frame?.url()).not.toContain('/embed');
  await refused.close();
}, 60_000);

test('T28, T25, V10.1.1: with third-party cookies blocked the whole way works, and no secret reaches the page', async () => {
  await world.control('/sandbox/clock', { advanceMs: 11 * 60_000 });
  const visitor = await visit(browser, `${world.marketplace}${appPage}`);
  const devtools = await visitor.context.newCDPSession(visitor.page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true });
  await visitor.page.reload();
  const bodies: Promise<string>[] = [];
  const addresses: string[] = [];
  visitor.context.on('response', (response) => {
    addresses.push(response.url());
    if (response.url().startsWith(`${world.app}/v1/`) && !response.url().endsWith('/stream'))
      bodies.push(response.text().catch(() => ''));
  });
  await click(await visitor.app(), 'Open');
  await followTour(visitor, world, [4, 5]);
  const app = await visitor.app();
  const kept = await app.evaluate(async () => ({
    storageAccess: await document.hasStorageAccess(),
    cookie: await cookieStore
      .set({ name: 'tried', value: '1', sameSite: 'none' })
      .then(() => document.cookie)
      .catch(() => document.cookie),
    local: Object.keys(localStorage).length + Object.keys(sessionStorage).length,
    databases: (await indexedDB.databases()).length,
    html: document.documentElement.outerHTML,
  }));
  expect(kept).toMatchObject({ storageAccess: false, cookie: '', local: 0, databases: 0 });
  const told = [...(await Promise.all(bodies)), kept.html];
  expect(told.length).toBeGreaterThan(10);
  const secret = /bluegum-sandbox-(password|key)|eyJ[\w-]{10,}/;
  expect(told.filter((text) => secret.test(text)).map((text) => text.slice(0, 200))).toEqual([]);
  // The vendor’s code and our `state` are all that ever stands in an address, for one answer.
  const odd = addresses.filter((address) =>
    /[?&](token|access_token|jwt|bearer|code_verifier)=/i.test(address),
  );
  expect(odd).toEqual([]);
  expect(await connections()).toBe(1);
  await visitor.close();
}, 180_000);
