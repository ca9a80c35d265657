import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { written } from '../bookkeeper/exact.ts';
import { launch } from '../ui/browser.ts';
import { ports } from './kit/ports.ts';
import { auditOfPsa } from './kit/psa-books.ts';
import { followSteps, followTour, psaTour, tour } from './kit/set-up.ts';
import { type Visitor, visit } from './kit/visitor.ts';
import { type ProcessWorld, startWorld } from './kit/world.ts';

let world: ProcessWorld;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  world = await startWorld(ports.tour);
  browser = await launch();
  visitor = await visit(browser, world.marketplace);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

test.each([
  ['README’s tour', tour],
  ['tour that goes on with PSAs', psaTour],
])('the %s has steps that say what to click, to fill and to see', (_name, steps) => {
  expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
  expect(steps.length).toBeGreaterThan(12);
  for (const { number, acts } of steps) expect(acts.length, `step ${number}`).toBeGreaterThan(0);
});

test('a newcomer who follows the tour sees what it says', async () => {
  await followTour(visitor, world, [1, tour.length]);
  expect(visitor.heard).toEqual([]);
}, 240_000);

test('and goes on to two PSAs, each with its own customer, in the same world', async () => {
  await followSteps(visitor, world, psaTour);
  expect(visitor.heard).toEqual([]);
}, 240_000);

test.each([
  ['connectwise', '12'],
  ['autotask', '7'],
] as const)(
  'the bookkeeper finds in %s one line of %s seats, and nothing else of ours',
  async (system, seats) => {
    const { held, differences } = await auditOfPsa(world, system);
    expect(differences).toEqual([]);
    expect(
      held.lines.flatMap(({ steps }) => steps.map(({ quantity }) => written(quantity))),
    ).toEqual([seats]);
  },
);

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
