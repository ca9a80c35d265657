import type { Browser, Frame, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser.ts';
import { type Fixture, startFixture } from './fixture.ts';

let browser: Browser;
let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await fixture?.close();
});

async function open(hash: string): Promise<{ page: Page; frame: Frame }> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(fixture.hostAddress('full', 'light', hash));
  const frame = await (await page.waitForSelector('#app')).contentFrame();
  if (!frame) throw new Error('the frame is not there');
  return { page, frame };
}

describe('what a person does', () => {
  it('goes through the wizard by keyboard alone, to the written run', async () => {
    const { page, frame } = await open('#/c/x1/wizard?tasks=t5');
    for (const name of [/^Next$/, /^Next$/, /^Write 2 invoices/]) {
      const button = frame.getByRole('button', { name });
      await button.focus();
      await page.keyboard.press('Enter');
    }
    await frame.getByText('Changed meanwhile, not written').waitFor();
    await page.context().close();
  });

  it('is asked before a disconnect, and Escape means no', async () => {
    const { page, frame } = await open('');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.method()));
    await frame.getByRole('button', { name: 'Disconnect' }).click();
    await frame.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await frame.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked).not.toContain('DELETE');
    await page.context().close();
  });

  it('sees what is so now once the app is back, without a click', async () => {
    const { page, frame } = await open('#/c/x1/runs');
    await frame.getByText('By hand').first().waitFor();
    await page.route('**/v1/**', (route) => route.abort());
    fixture.endStreams();
    await page.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/stream'));
    const read = Promise.all(
      ['/v1/shell', '/v1/connections/x1/runs'].map((path) =>
        page.waitForRequest((request) => new URL(request.url()).pathname === path),
      ),
    );
    await page.unroute('**/v1/**');
    await read;
    expect(await frame.getByText('did not answer').count()).toBe(0);
    await page.context().close();
  }, 20_000);

  it.each([
    ['never', (route: Route) => route.abort()],
    ['with the page of a gateway', (route: Route) => route.fulfill({ status: 502, body: '<p>' })],
  ])('is not told that nothing was changed where a change is answered %s', async (_how, answer) => {
    const { page, frame } = await open('');
    await page.route('**/v1/**', (route) =>
      route.request().method() === 'GET' ? route.continue() : answer(route),
    );
    await frame.getByRole('button', { name: 'Pause everything' }).click();
    await frame.getByText('Nobody knows yet whether it did this').waitFor();
    expect(await frame.getByText('Nothing was changed').count()).toBe(0);
    await page.context().close();
  });

  it('sees a pop-up where the page is in sight, also when the page grows and shrinks under it', async () => {
    const { page, frame } = await open('');
    await frame.getByRole('heading', { name: 'Ready to bill' }).waitFor();
    await page.route('**/v1/**', (route) =>
      route.request().method() === 'GET' ? route.continue() : route.abort(),
    );
    await frame.getByRole('button', { name: 'Pause everything' }).click();
    const popup = frame.getByText('Nobody knows yet whether it did this');
    await popup.waitFor();
    const isInSight = async () => {
      const seen = await popup.boundingBox();
      return seen !== null && seen.y >= 0 && seen.y + seen.height <= innerHeight;
    };
    const { height: innerHeight } = page.viewportSize() ?? { height: 0 };
    const size = (blockSize: string) =>
      frame.locator('main').evaluate((main, wanted) => {
        main.style.blockSize = wanted;
        main.style.overflow = 'clip';
      }, blockSize);
    await size('6000px');
    await frame.waitForFunction(() => innerHeight > 6_000);
    expect(await isInSight(), 'of a page that grew').toBe(true);
    await size('40px');
    await frame.waitForFunction(() => innerHeight < 700);
    expect(await isInSight(), 'of a page that shrank').toBe(true);
    await page.context().close();
  });

  it('goes from what is asked most often to where all of it is answered', async () => {
    const { page, frame } = await open('');
    await frame.getByRole('link', { name: 'No item chosen for a product' }).click();
    await frame.getByRole('link', { name: 'Products', exact: true }).waitFor();
    expect(await frame.evaluate(() => location.hash)).toBe('#/c/x1/mappings/products');
    await page.context().close();
  });

  it('narrows the Action log to one customer, who is found by name', async () => {
    const { page, frame } = await open('#/log');
    await frame.getByRole('button', { name: 'Customer' }).click();
    const dialog = frame.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Brightwater Logistics/ }).click();
    const asked = page.waitForRequest((request) => request.url().includes('customerId=c5'));
    await frame.getByRole('button', { name: 'Search', exact: true }).click();
    await asked;
    expect(await frame.getByText('Brightwater Logistics', { exact: true }).count()).toBe(1);
    await page.context().close();
  });

  it('cannot choose settings that cannot work together', async () => {
    const { page, frame } = await open('');
    await frame.getByRole('button', { name: 'Settings' }).click();
    await frame.getByText('More settings').click();
    await frame.getByLabel('Post as').selectOption('approved');
    await frame.getByText('cannot take further lines').waitFor();
    expect(await frame.getByRole('button', { name: 'Save settings' }).isDisabled()).toBe(true);
    await page.context().close();
  });

  it('V14.3.1: sees nothing more once the session has ended', async () => {
    const { page, frame } = await open('#/c/x1/tasks');
    await frame.getByText('Café Lumière').first().waitFor();
    await page.route('**/v1/**', (route) => {
      const isExchange = route.request().url().endsWith('/v1/session');
      const code = isExchange ? 'access.disabled' : 'access.expired';
      return route.fulfill({
        status: isExchange ? 403 : 401,
        json: { code, message: 'Over.', next: '', said: null, requestId: 'r', retryAt: null },
      });
    });
    await frame.getByRole('link', { name: 'Action log' }).first().click();
    await frame.getByText('Over.').waitFor();
    const text = await frame.evaluate(() => document.documentElement.outerHTML);
    expect(text).not.toContain('Lumière');
    expect(text).not.toContain('Northwind');
    await page.context().close();
  });

  it('is told where to open it when it is not framed', async () => {
    const page = await (await browser.newContext()).newPage();
    const address = new URL(fixture.hostAddress('full', 'light', ''));
    await page.goto(`http://localhost:${address.port}/embed`);
    await page.getByText('opens inside your marketplace').waitFor();
    await page.context().close();
  });
});
