import { expect, test } from 'vitest';
import { firstScreen, sizeMaxKb } from './size.ts';

test('the first screen is small: 25 kB of script and 8 kB of style, gzip', async () => {
  const screen = await firstScreen();
  expect(screen, 'npm test builds the page first').not.toBeNull();
  expect(screen?.scriptKb).toBeGreaterThan(1);
  expect(screen?.scriptKb).toBeLessThanOrEqual(sizeMaxKb.script);
  expect(screen?.styleKb).toBeGreaterThan(1);
  expect(screen?.styleKb).toBeLessThanOrEqual(sizeMaxKb.style);
});
