import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';

export const browserFolder = join(import.meta.dirname, '../../.cache/browser');

/**
 * Unpacks the browser once before any test: two that find it missing at the same time would start a
 * file that the other is still writing. Inside the project, so that no other project's is taken.
 */
export async function setup(): Promise<void> {
  mkdirSync(browserFolder, { recursive: true });
  process.env.TMPDIR = browserFolder;
  await chromium.executablePath();
}
