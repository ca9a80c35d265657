import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './browser.ts';
import { type Fixture, startFixture } from './fixture.ts';
import { statementIn } from './fixture-month.ts';

type Statement = ReturnType<typeof statementIn>;

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

/** A reseller with many customers, two currencies, and something of every kind between charges and documents. */
function largeMonth(): Statement {
  const of = statementIn('full');
  return {
    ...of,
    tenant: '<script>alert(1)</script>',
    figures: of.figures.flatMap((one) => [one, { ...one, currency: 'USD' }]),
    rows: Array.from({ length: 15 }, () => of.rows).flat(),
    papers: Array.from({ length: 120 }, () => of.papers).flat(),
  };
}

/** What "Save for printing" saves of a month. */
async function saved(statement: Statement): Promise<string> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.route('**/months/2026-11/statement', (route) => route.fulfill({ json: statement }));
  await page.goto(fixture.hostAddress('full', 'light', '#/c/x1/month?month=2026-11'));
  const frame = await (await page.waitForSelector('#app')).contentFrame();
  const download = page.waitForEvent('download');
  await frame?.getByRole('button', { name: 'Save for printing' }).click();
  const file = readFileSync(await (await download).path(), 'utf8');
  await page.context().close();
  return file;
}

async function sheetsOf(html: string): Promise<number> {
  const page = await browser.newPage();
  await page.setContent(html);
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  await page.close();
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

describe('the statement of a month, for printing', () => {
  it('has all figures of a large month on the first sheet, and what they are made of behind', async () => {
    const file = await saved(largeMonth());
    const first = file.replace(/<div class="annex">.*<\/div>/s, '');
    expect(first).toContain('12 drafts of this month are not approved yet: €3,204.10');
    expect(first).toContain('€10,736.50');
    expect(await sheetsOf(first)).toBe(1);
    expect(await sheetsOf(file)).toBeGreaterThan(4);
  }, 60_000);

  it('begins what they are made of on a sheet of its own, however little it is', async () => {
    expect(await sheetsOf(await saved(statementIn('full')))).toBe(2);
  }, 60_000);

  it('runs nothing that somebody is called', async () => {
    const file = await saved(largeMonth());
    expect(file).not.toContain('<script>');
    expect(file).toContain('&lt;script&gt;');
  }, 60_000);
});
