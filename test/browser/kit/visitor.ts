import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { shotFolder } from '../../ui/browser.ts';
import { soon } from './soon.ts';

/** Where a person looks: the marketplace's own page, the app framed in it, or a window that was opened. */
export type Place = 'marketplace' | 'app' | 'window';

/** A person at a browser. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What the browser complained about. */
  heard: string[];
  /** The page or frame of a place, once it is there. */
  at(place: Place): Promise<Page | Frame>;
  /** The app's frame, once it shows something. */
  app(): Promise<Frame>;
  /** The newest other window or tab, once it is there. */
  window(): Promise<Page>;
  shot(name: string, place?: Place): Promise<string>;
  close(): Promise<void>;
}

const waitMaxMs = 10_000;

export async function visit(
  browser: Browser,
  address: string,
  { script }: { script?: () => void } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'en-AU',
    timezoneId: 'Australia/Sydney',
    colorScheme: 'light',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(waitMaxMs);
  if (script) await context.addInitScript(script);
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  await page.goto(address);
  const app = async (): Promise<Frame> => {
    const element = await page.waitForSelector('iframe[data-app-origin]');
    const frame = await element.contentFrame();
    if (frame === null) throw new Error('the frame is gone');
    await frame.waitForSelector('h1');
    return frame;
  };
  const window = () =>
    soon('another window', async () =>
      context
        .pages()
        .filter((one) => one !== page)
        .at(-1),
    );
  return {
    context,
    page,
    heard,
    app,
    window,
    at: async (place) =>
      place === 'marketplace' ? page : place === 'app' ? await app() : await window(),
    shot: async (name, place = 'marketplace') => {
      mkdirSync(shotFolder, { recursive: true });
      const path = join(shotFolder, `${name}.png`);
      const open = place === 'window' ? (context.pages().at(-1) ?? page) : page;
      await open.screenshot({ path });
      return path;
    },
    close: () => context.close(),
  };
}
