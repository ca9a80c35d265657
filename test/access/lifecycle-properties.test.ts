import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LifecycleEvent, lifecycleEvents } from '../../server/access/lifecycle-events.ts';
import { Secret } from '../../server/access/vault.ts';
import { type AccessWorld, createAccessWorld, tenantOf } from '../kit/access-world.ts';
import { runs } from '../kit/length.ts';

const tenant = tenantOf('reseller-1');
/** Orders that explain what was seen so far; more than these are never needed. */
const historiesMax = 60;

interface Told {
  event: LifecycleEvent;
  iid: string;
  seq: number;
  eid: string;
  prev: string | null;
}
type State = 'installed' | 'enabled' | 'disabled' | 'uninstalled' | 'purged';

/** The profile's rules in a second hand: what each event must answer, and what must then be there. */
class Model {
  readonly states = new Map<string, { state: State; epoch: number; seq: number }>();
  readonly answered = new Set<string>();
  #order: string[] = [];

  answer(told: Told): 200 | 409 {
    if (this.answered.has(told.eid)) return 200;
    const status = this.#take(told);
    if (status === 200 && told.event !== 'redact') this.answered.add(told.eid);
    return status;
  }

  get live(): string[] {
    return [...this.states]
      .filter(([, { state }]) => state !== 'uninstalled' && state !== 'purged')
      .map(([iid]) => iid);
  }

  #take({ event, iid, seq, prev }: Told): 200 | 409 {
    if (this.live.some((each) => each !== iid)) return 409;
    const highest = Math.max(0, ...[...this.states.values()].map((each) => each.seq));
    const own = this.states.get(iid);
    if (event === 'redact') {
      if (own ? this.live.includes(iid) : this.states.size > 0) return 409;
      this.answered.clear();
      for (const each of this.states.values()) Object.assign(each, { state: 'purged', epoch: 0 });
      const before = own?.seq ?? 0;
      this.states.set(iid, { state: 'purged', epoch: 0, seq: Math.max(before, seq) });
      if (!own) this.#order.push(iid);
      return 200;
    }
    if (!own) {
      if (event !== 'installed' || seq <= highest) return 409;
      const last = this.#order.findLast((each) => this.states.get(each)?.seq === highest);
      const former = last === undefined ? null : this.states.get(last);
      if (former && prev !== last && !(former.state === 'purged' && prev === null)) return 409;
      this.states.set(iid, { state: 'installed', epoch: 1, seq });
      this.#order.push(iid);
      return 200;
    }
    if (own.state === 'uninstalled' || own.state === 'purged')
      return event === 'uninstalled' ? this.#at(own, seq) : 409;
    if (event === 'uninstalled') {
      own.state = 'uninstalled';
      own.epoch += 1;
      return this.#at(own, seq);
    }
    if (seq <= highest) return 409;
    if (event === 'enabled') own.state = 'enabled';
    if (event === 'disabled' && own.state !== 'disabled') {
      own.state = 'disabled';
      own.epoch += 1;
    }
    return this.#at(own, seq);
  }

  #at(own: { seq: number }, seq: number): 200 {
    own.seq = Math.max(own.seq, seq);
    return 200;
  }
}

const told: fc.Arbitrary<Told> = fc.record({
  event: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<LifecycleEvent>('installed', 'enabled') },
    { weight: 2, arbitrary: fc.constantFrom(...lifecycleEvents) },
  ),
  iid: fc.constantFrom('inst-1', 'inst-2'),
  seq: fc.integer({ min: 1, max: 15 }),
  eid: fc.integer({ min: 1, max: 20 }).map((each) => `event-${each}`),
  prev: fc.constantFrom(null, 'inst-1', 'inst-2'),
});
const tell = async (world: AccessWorld, { event, ...claims }: Told): Promise<number> =>
  (await world.tell(event, { claims })).status;
const stored = async (world: AccessWorld) => (await world.store.read(tenant)).list('installation');

test('T15: any events in any order answer as the profile says, and leave what it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 25 }), async (events) => {
      const world = await createAccessWorld();
      const model = new Model();
      for (const each of events) {
        const expected = model.answer(each);
        expect([each, await tell(world, each)]).toEqual([each, expected]);
        const found = new Map((await stored(world)).map(({ id, ...rest }) => [String(id), rest]));
        expect(found.size).toBe(model.states.size);
        for (const [iid, wanted] of model.states) expect(found.get(iid)).toMatchObject(wanted);
      }
    }),
    runs(60),
  );
});

test('T11: every event repeated, at once and later, has one effect', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 8 }), async (events) => {
      const world = await createAccessWorld();
      const distinct = events.filter(
        ({ eid, event }, at) =>
          event !== 'redact' && events.findIndex((each) => each.eid === eid) === at,
      );
      for (const each of distinct) {
        const answers = await Promise.all([1, 2, 3].map(() => tell(world, each)));
        expect(new Set(answers).size).toBe(1);
        const before = await stored(world);
        expect(await tell(world, each)).toBe(answers[0]);
        expect(await stored(world)).toEqual(before);
      }
      const done = world.audited.filter(({ outcome, reason }) => outcome === 'ok' && reason);
      const eids = done.map(({ eid }) => eid);
      expect(new Set(eids).size).toBe(eids.length);
    }),
    runs(60),
  );
});

test('T15: events at once end in a state that some order of them has, and nothing dead lives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(told, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      async (rounds) => {
        const world = await createAccessWorld();
        let histories: Told[][] = [[]];
        for (const together of rounds) {
          const answers = await Promise.all(together.map((each) => tell(world, each)));
          const found = new Map((await stored(world)).map(({ id, state }) => [String(id), state]));
          histories = histories
            .flatMap((before) => permutations(together).map((order) => [...before, ...order]))
            .filter((history) => {
              const model = new Model();
              const said = new Map(history.map((each) => [each, model.answer(each)]));
              return (
                together.every((each, at) => said.get(each) === answers[at]) &&
                model.states.size === found.size &&
                [...model.states].every(([iid, { state }]) => found.get(iid) === state)
              );
            })
            .slice(0, historiesMax);
          expect([together, answers, histories.length > 0]).toEqual([together, answers, true]);
        }
      },
    ),
    runs(60),
  );
});

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((each, at) =>
    permutations(all.toSpliced(at, 1)).map((rest) => [each, ...rest]),
  );
}

test('T17: whatever follows an uninstall, no session of before works and no secret opens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(told, { maxLength: 8 }), async (events) => {
      const world = await createAccessWorld();
      await world.install();
      const bearer = await world.bearer();
      const [installation] = await stored(world);
      if (!installation) throw new Error('not installed');
      const owner = { ...installation, installationId: installation.id };
      const name = { provider: 'xero', record: 'c1', field: 'tokens' };
      const sealed = await world.vault.seal(owner, name, new Secret('canary'));
      await world.store.transact(tenant, (tx) => world.vault.put(tx, sealed));
      await world.tell('uninstalled');
      for (const each of events) await tell(world, { ...each, seq: each.seq + 100 });
      await expect(world.sessions.find(bearer)).rejects.toThrow('access.unauthenticated');
      expect((await world.store.read(tenant)).list('secret')).toEqual([]);
      await world.store.transact(tenant, (tx) => tx.put('secret', sealed));
      await expect(world.vault.get(owner, name)).rejects.toThrow('store.failed');
    }),
    runs(30),
  );
});
