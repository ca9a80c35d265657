import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onChange } from './dev.ts';
import { withReloads } from './reloads.ts';
import { createWorld } from './world.ts';

test('the page of the marketplace loads its frame again when told, in dev alone', async () => {
  const plain = createWorld();
  const reloads = withReloads(plain);
  const at = (path: string) => new Request(plain.urls.marketplace + path);
  const script = async (world: typeof plain) =>
    (await world.fetch(at('/assets/host-frame.js'))).text();
  expect(await script(plain)).not.toContain('EventSource');
  expect(await script(reloads.world)).toContain("new EventSource('/sandbox/reloads')");
  expect((await plain.fetch(at('/sandbox/reloads'))).status).toBe(404);
  const { body } = await reloads.world.fetch(at('/sandbox/reloads'));
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe(': open\n\n');
  reloads.tell();
  expect((await reader?.read())?.value).toBe('data: reload\n\n');
  await reader?.cancel();
});

test('several saves at once are one change, also after a fault', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dev-'));
  let runs = 0;
  const stop = onChange(folder, async () => {
    runs += 1;
    if (runs === 1) throw new Error('a typing error');
  });
  try {
    for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), name);
    await expect.poll(() => runs, { timeout: 3_000 }).toBe(1);
    await writeFile(join(folder, 'd'), 'd');
    await expect.poll(() => runs, { timeout: 3_000 }).toBe(2);
  } finally {
    stop();
    await rm(folder, { recursive: true, force: true });
  }
});
