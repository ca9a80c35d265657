import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppProcess, createAppProcess } from './app-process.ts';
import { createSandboxClock } from './clock.ts';
import { followedClock } from './followed-clock.ts';
import { createWorld } from './world.ts';

const entry = fileURLToPath(new URL('./app-process.fixture.ts', import.meta.url));
const running: AppProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

function appProcess(env: Record<string, string> = {}, clock = createSandboxClock()) {
  const app = createAppProcess({ clock, env, entry });
  running.push(app);
  return app;
}

describe('the process of the app', () => {
  it('starts, is killed in the middle, and starts again', async () => {
    const app = appProcess();
    expect(app.state()).toEqual({ running: false, pid: null, starts: 0 });
    await app.start();
    const { pid } = app.state();
    expect(app.state()).toMatchObject({ running: true, starts: 1 });
    await app.kill();
    expect(app.state()).toMatchObject({ running: false, pid: null });
    await app.start();
    expect(app.state()).toMatchObject({ running: true, starts: 2 });
    expect(app.state().pid).not.toBe(pid);
  });

  it('is killed and started from the control API of its world', async () => {
    const app = appProcess();
    const world = createWorld();
    world.connectApp({ control: app });
    const ask = async (path: string) => {
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };
      const response = await world.fetch(new Request(world.urls.marketplace + path, init));
      return response.json();
    };
    expect(await ask('/sandbox/app/start')).toMatchObject({ running: true, starts: 1 });
    expect(await ask('/sandbox/app/kill')).toMatchObject({ running: false, starts: 1 });
    expect(await ask('/sandbox/app/start')).toMatchObject({ running: true, starts: 2 });
  });

  it('says so when the app ends at its start', async () => {
    await expect(appProcess({ FIXTURE_FAILS: '1' }).start()).rejects.toThrow(
      'the app ended at its start (3)',
    );
  });
});

describe('the clock of the app', () => {
  it('goes by the new time when a move of the clock is answered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerport-clock-'));
    const file = join(folder, 'now');
    const clock = createSandboxClock();
    const world = createWorld({ clock });
    const app = appProcess({ FIXTURE_CLOCK_FILE: file }, clock);
    world.connectApp({ control: app });
    await app.start();
    const move = () =>
      world.fetch(
        new Request(`${world.urls.marketplace}/sandbox/clock`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ advanceDays: 3 }),
        }),
      );
    expect((await move()).status).toBe(200);
    expect(Math.abs(Number(readFileSync(file, 'utf8')) - clock.nowMs())).toBeLessThan(5_000);
    await app.kill();
    expect((await move()).status).toBe(200);
    rmSync(folder, { recursive: true });
  });

  it('begins with the offset of its environment and follows each jump', () => {
    const channel = Object.assign(new EventEmitter(), {
      env: { LEDGERPORT_CLOCK_OFFSET_MS: '86400000' },
    });
    const clock = followedClock(channel);
    const near = (ms: number) =>
      expect(Math.abs(clock.nowMs() - Date.now() - ms)).toBeLessThan(1_000);
    near(86_400_000);
    let jumps = 0;
    clock.onJump(() => {
      jumps += 1;
    });
    channel.emit('message', { type: 'clock', offsetMs: 86_400_002 });
    channel.emit('message', { type: 'clock', offsetMs: 172_800_000 });
    channel.emit('message', { type: 'other' });
    near(172_800_000);
    expect(jumps).toBe(1);
  });

  it('wakes who waits when a jump reaches the moment, and when the wait is given up', async () => {
    const channel = Object.assign(new EventEmitter(), { env: {} });
    const clock = followedClock(channel);
    const tomorrow = clock.waitUntil(Date.now() + 86_400_000);
    channel.emit('message', { type: 'clock', offsetMs: 90_000_000 });
    await tomorrow;
    const givenUp = new AbortController();
    const never = clock.waitUntil(clock.nowMs() + 86_400_000, givenUp.signal);
    givenUp.abort();
    await never;
  });
});
