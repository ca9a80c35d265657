import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

const cache = join(import.meta.dirname, '../../.cache');

/** A browser from npm alone, unpacked inside the project so that no other project's is used. */
export async function launch(args: readonly string[] = []): Promise<Browser> {
  const temporary = join(cache, 'browser');
  mkdirSync(temporary, { recursive: true });
  process.env.TMPDIR = temporary;
  return driver.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', ...args],
  });
}
export const shotFolder = join(cache, 'shots');
