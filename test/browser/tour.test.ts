import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../ui/browser.ts';
import { ports } from './kit/ports.ts';
import { followTour, tour } from './kit/set-up.ts';
import { visit } from './kit/visitor.ts';
import { type ProcessWorld, startWorld } from './kit/world.ts';

let world: ProcessWorld;
let browser: Browser;
beforeAll(async () => {
  world = await startWorld(ports.tour);
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

test('the README’s tour has steps that say what to click, to fill and to see', () => {
  expect(tour.map(({ number }) => number)).toEqual(tour.map((_, index) => index + 1));
  expect(tour.length).toBeGreaterThan(12);
  for (const { number, acts } of tour) expect(acts.length, `step ${number}`).toBeGreaterThan(0);
});

test('a newcomer who follows the tour sees what it says', async () => {
  const visitor = await visit(browser, world.marketplace);
  await followTour(visitor, world, [1, tour.length]);
  expect(visitor.heard).toEqual([]);
  await visitor.close();
}, 90_000);

test('T28, V14.3.3: a browser that keeps nothing for a frame of another site shows the app all the same', async () => {
  const visitor = await visit(browser, `${world.marketplace}/apps/ledgerport?module=xero`, {
    script: () => {
      const refuse = {
        get: () => {
          throw new DOMException('refused', 'SecurityError');
        },
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, refuse);
      Object.defineProperty(Document.prototype, 'cookie', refuse);
    },
  });
  const app = await visitor.app();
  await app.getByRole('link', { name: 'Action log' }).first().waitFor();
  expect(visitor.heard).toEqual([]);
  await visitor.close();
}, 20_000);
