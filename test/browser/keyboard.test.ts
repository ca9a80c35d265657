import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../ui/browser.ts';
import { ports } from './kit/ports.ts';
import { followTour } from './kit/set-up.ts';
import { type Visitor, visit } from './kit/visitor.ts';
import { type ProcessWorld, startWorld } from './kit/world.ts';

const tabsMax = 200;

let world: ProcessWorld;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  world = await startWorld(ports.keyboard);
  browser = await launch();
  visitor = await visit(browser, world.marketplace);
  await followTour(visitor, world, [1, 10]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

test('an order is previewed, explained and written by keyboard alone', async () => {
  const app = await visitor.app();
  await app.locator('a.brand').focus();
  await press(app, 'Tasks');
  await press(app, 'Ready to bill');
  await press(app, 'Sync');
  await app.getByText('On which invoice?').waitFor();
  await press(app, 'Next');
  await press(app, 'Explain this line');
  await app.getByText('How this amount came about').first().waitFor();
  await press(app, 'Next');
  await press(app, 'Write 1 invoice');
  await app.getByText('1 invoice written').first().waitFor();
}, 40_000);

test('a dialog takes the focus, gives it back, and closes with Escape', async () => {
  const app = await visitor.app();
  await app.locator('a.brand').focus();
  await press(app, 'Settings');
  await app.locator('dialog[open] select').first().waitFor();
  expect(await app.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
  await visitor.page.keyboard.press('Escape');
  await app.locator('dialog[open]').waitFor({ state: 'detached' });
  await expect.poll(() => focused(app), { timeout: 5_000 }).toMatch(/^Settings/);
}, 20_000);

/** Goes on with Tab until what has the focus is so named, then presses Enter. */
async function press(app: Frame, name: string): Promise<void> {
  await app.getByRole('heading').first().waitFor();
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await visitor.page.keyboard.press('Tab');
    if ((await focused(app)).startsWith(name)) return visitor.page.keyboard.press('Enter');
  }
  throw new Error(`the focus never came to “${name}”; see ${await visitor.shot('keyboard')}`);
}

/** The name of what has the focus in the app; empty while the focus is on the marketplace's page. */
const focused = (app: Frame): Promise<string> =>
  app.evaluate(() => {
    const one = document.hasFocus() ? document.activeElement : null;
    return (one?.getAttribute('aria-label') ?? one?.textContent ?? '').trim();
  });
