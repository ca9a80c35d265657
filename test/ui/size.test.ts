import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = join(import.meta.dirname, '../../dist/ui');
const scriptBytesMax = 25_000;
const styleBytesMax = 8_000;

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

it('loads the first screen in at most 25 kB of script and 8 kB of style', () => {
  const manifest: Record<string, Chunk> = JSON.parse(
    readFileSync(join(built, '.vite/manifest.json'), 'utf8'),
  );
  const seen = new Set<string>();
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const walk = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    scripts.add(chunk.file);
    for (const file of chunk.css ?? []) styles.add(file);
    for (const next of chunk.imports ?? []) walk(next);
  };
  walk('index.html');
  const bytesOf = (files: Set<string>) =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0);
  expect(bytesOf(scripts)).toBeLessThanOrEqual(scriptBytesMax);
  expect(bytesOf(styles)).toBeLessThanOrEqual(styleBytesMax);
});
