import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from '../browser/kit/axe.ts';
import { launch, shotFolder } from './browser.ts';
import { type Fixture, startFixture } from './fixture.ts';
import { type Screen, screens } from './screens.ts';

// `SHOTS=1` also writes every screen as a picture to .cache/shots.
const shots = process.env.SHOTS === '1';
const widths = [1280, 360] as const;
const themes = ['light', 'dark'] as const;

let browser: Browser;
let fixture: Fixture;
/** Pages between two screens: one that was used before has its processes and its scripts already. */
const idle: Desk[] = [];
interface Desk {
  page: Page;
  heard: string[];
}
beforeAll(async () => {
  fixture = await startFixture();
  browser = await launch();
  mkdirSync(shotFolder, { recursive: true });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await fixture?.close();
});

describe.concurrent('every screen is accessible, fits its frame and stays quiet', () => {
  for (const screen of screens) it(screen.name, () => look(screen), 40_000);
});

async function look(screen: Screen): Promise<void> {
  const desk = idle.pop() ?? (await newDesk());
  const { page, heard } = desk;
  await page.setViewportSize({ width: widths[0], height: 900 });
  await page.goto(fixture.hostAddress(screen.scenario ?? 'full', 'light', screen.hash));
  const frame = await frameOf(page);
  await frame.getByText(screen.shows).first().waitFor();
  await screen.act?.(frame);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const theme of themes) {
      const rules = rulesFor[`${width} ${theme}`];
      if (!rules && !shots) continue;
      await frame.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      if (shots) {
        await page.waitForTimeout(350);
        await page.screenshot({
          path: join(shotFolder, `${screen.name}-${width}-${theme}.png`),
          fullPage: true,
        });
      }
      if (rules)
        expect(await axeFaults(frame, rules), `${screen.name} ${width} ${theme}`).toEqual([]);
    }
    expect(await overflow(frame), `${screen.name} at ${width}`).toEqual([]);
    expect(await unreadable(frame), `${screen.name} at ${width}`).toEqual([]);
    expect(await moving(frame), `${screen.name} moves though it was asked not to`).toEqual([]);
  }
  expect(heard).toEqual([]);
  // Only what passed is used again: what failed may have left anything behind.
  idle.push(desk);
}

async function newDesk(): Promise<Desk> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  return { page, heard };
}

async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.waitForSelector('#app');
  const frame = await handle.contentFrame();
  if (!frame) throw new Error('the frame is not there');
  return frame;
}

/** What sticks out of the frame; empty where everything fits. */
const overflow = (frame: Frame) =>
  frame.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > width)
      .map((one) => `${one.tagName}.${one.className} ${one.textContent?.slice(0, 40)}`);
  });

/** Texts of a row that lie upon each other, and ordinary words that are broken because their place is too narrow. */
const unreadable = (frame: Frame) =>
  frame.evaluate(() => {
    const wordMaxLength = 12;
    const found: string[] = [];
    const seen: { row: Element; cell: Element; text: string; at: DOMRect }[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = node.textContent ?? '';
      const parent = node.parentElement;
      if (!parent?.checkVisibility() || parent.closest('.hidden, thead, option, pre')) continue;
      for (const { 0: word, index } of text.matchAll(/(?<!\S)[a-z]+(?!\S)/gi)) {
        if (word.length > wordMaxLength) continue;
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) found.push(`“${word}” is broken in “${text}”`);
      }
      const cell = parent.closest('td');
      const row = cell?.closest('tr');
      if (!cell || !row) continue;
      range.selectNodeContents(node);
      for (const at of range.getClientRects()) {
        const upon = seen.find(
          (one) =>
            one.row === row &&
            one.cell !== cell &&
            Math.min(at.right, one.at.right) - Math.max(at.left, one.at.left) > 1 &&
            Math.min(at.bottom, one.at.bottom) - Math.max(at.top, one.at.top) > 1,
        );
        if (upon) found.push(`“${upon.text}” and “${text}” lie upon each other`);
        seen.push({ row, cell, text, at });
      }
    }
    return found;
  });

/** What moves, or would at the next change. */
const moving = (frame: Frame) =>
  frame.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((one) => {
        const { animationName, transitionProperty } = getComputedStyle(one);
        return animationName !== 'none' || transitionProperty !== 'none';
      })
      .map((one) => `${one.tagName}.${one.className}`),
  );

/** All rules once; what theme or width can change is looked at again in the other corner. */
const rulesFor: Readonly<Record<string, readonly string[]>> = {
  '1280 light': [],
  '360 dark': ['color-contrast', 'target-size'],
};
