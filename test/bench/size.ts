import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { type Row, rounded, row } from './row.ts';

/** What the first screen may weigh, gzip. */
export const sizeMaxKb = { script: 25, style: 8 };
const built = join(import.meta.dirname, '../../dist/ui');
const bytesPerKb = 1_000;

const chunkSchema = v.object({
  file: v.string(),
  imports: v.optional(v.array(v.string()), []),
  css: v.optional(v.array(v.string()), []),
});
const manifestSchema = v.record(v.string(), chunkSchema);

/**
 * Script and style that the Dashboard waits for, in kB gzip: `index.html` with all that it imports.
 * Pages that are loaded when they are opened do not count. Null while the page is not built.
 */
export async function firstScreen(): Promise<{ scriptKb: number; styleKb: number } | null> {
  const text = await readFile(join(built, '.vite/manifest.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const manifest = v.parse(manifestSchema, JSON.parse(text));
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const walk = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    for (const file of chunk.css) styles.add(file);
    for (const next of chunk.imports) walk(next);
  };
  walk('index.html');
  return { scriptKb: await weightKb(scripts), styleKb: await weightKb(styles) };
}

export async function benchScreen(): Promise<Row[]> {
  const screen = await firstScreen();
  if (screen === null) throw new Error('the page is not built: npm run build');
  return [
    row('first screen, script', screen.scriptKb, 'kB gzip', sizeMaxKb.script),
    row('first screen, style', screen.styleKb, 'kB gzip', sizeMaxKb.style),
  ];
}

async function weightKb(files: Iterable<string>): Promise<number> {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(join(built, file))).byteLength;
  return rounded(bytes / bytesPerKb);
}
