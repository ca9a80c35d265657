import { expect, test } from 'vitest';
import { openReadyRoad, type ReadyRoad } from '../kit/ready-road.ts';
import { type Refusing, refusingDisk } from '../kit/refusing-disk.ts';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { expectToTheCent, newOrder } from './journey.ts';

/** Time goes on in such steps: what was cut off is looked up when nothing can still arrive (`sync/recover.ts`). */
const stepMs = 60_000;

async function onRefusingDisk(
  walk: (ready: ReadyRoad, refusing: Refusing) => Promise<void>,
  afterWrite: (refusing: Refusing) => void = () => undefined,
): Promise<void> {
  const refusing: Refusing = { code: null };
  const ready = await openReadyRoad({
    change: (given) => ({
      ...given,
      disk: refusingDisk(given.disk, refusing),
      fetch: async (request) => {
        const answer = await given.fetch(request);
        if (request.method === 'PUT' && /\/Invoices/.test(request.url)) afterWrite(refusing);
        return answer;
      },
    }),
  });
  try {
    await walk(ready, refusing);
  } finally {
    refusing.code = null;
    await ready.close();
  }
}

const health = async ({ road }: ReadyRoad): Promise<unknown> =>
  (await road.app.fetch(new Request(`${road.world.urls.app}/readyz`))).json();

for (const [name, errno, code, next] of [
  ['full', 'ENOSPC', 'store.full', 'make room'],
  ['read-only', 'EROFS', 'store.read-only', 'make it writable'],
] as const) {
  test(`a ${name} disk refuses new work with its reason, loses nothing, and recovers by itself`, () =>
    onRefusingDisk(async (ready, refusing) => {
      const { road, params } = ready;
      await newOrder(ready);
      await ready.check();
      const { plans } = await ready.preview();
      const before = await ready.tasks('ready');
      const writes = writesTo(ready);

      refusing.code = errno;
      const refused = [
        await road.ask('POST /v1/connections/:connectionId/check', { params }),
        await road.ask('POST /v1/connections/:connectionId/runs', {
          params,
          body: {
            parts: plans.map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds })),
          },
        }),
        await road.ask('PUT /v1/connections/:connectionId/bill-from', {
          params,
          body: { date: '2026-12-01' },
        }),
      ];
      for (const answer of refused) {
        expect(answer.status).toBe(507);
        expect(await answer.json()).toMatchObject({ code, next: expect.stringContaining(next) });
      }
      expect(await health(ready)).toMatchObject({ ready: true, refuses: code });
      // What is there can be seen, and nothing went out.
      expect(await ready.tasks('ready')).toEqual(before);
      expect(writesTo(ready)).toBe(writes);

      refusing.code = null;
      const run = await ready.ended((await ready.confirm(plans)).id);
      expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
      expect(await health(ready)).toMatchObject({ refuses: null });
      await ready.syncAll();
      await expectToTheCent(ready);
    }));

  test(`a disk that is ${name} just when the system has answered: it is looked up, never written twice`, () => {
    let breaks = true;
    return onRefusingDisk(
      async (ready, refusing) => {
        const { road } = ready;
        await newOrder(ready);
        await ready.check();
        const { plans } = await ready.preview();
        const { id } = await ready.confirm(plans);
        await road.until('the disk to refuse', async () => refusing.code !== null);
        road.world.clock.advance({ ms: stepMs });
        expect((await ready.run(id)).endedAt).toBeNull();

        breaks = false;
        refusing.code = null;
        const run = await road.until('the run to end', async () => {
          const found = await ready.run(id);
          if (found.endedAt !== null) return found;
          road.world.clock.advance({ ms: stepMs });
          return null;
        });
        expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
        expect(new Set(marksIn(ready)).size).toBe(marksIn(ready).length);
        await ready.syncAll();
        await expectToTheCent(ready);
      },
      (refusing) => {
        if (breaks) refusing.code = errno;
      },
    );
  });
}
