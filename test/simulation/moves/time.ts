import type { Move } from './move.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const faultOf = { xero: 'rate-limit-day', marketplace: 'day-quota' } as const;

/** Time goes by, the machine sleeps, the network gets worse or better, the power goes. */
export const timeMoves: readonly Move[] = [
  {
    name: 'time passes',
    weight: 14,
    run: async (scene) => scene.pass(scene.chance.moves.integer(1, 12) * minuteMs),
  },
  {
    name: 'a moment passes',
    weight: 10,
    run: async (scene) => scene.pass(scene.chance.moves.integer(1, 30_000)),
  },
  {
    name: 'hours are slept over',
    weight: 3,
    run: async (scene) => {
      const hours = scene.chance.moves.pick([1, 5, 13, 26, 60]);
      scene.trace.note(`${hours} hours are slept over`);
      await scene.jump(hours * hourMs);
      await scene.pass(minuteMs);
    },
  },
  {
    name: 'weather',
    weight: 6,
    run: async (scene) => {
      const { moves } = scene.chance;
      const all = moves.pick([0, 0, 0, 4, 12, 40]);
      const writes = moves.pick([0, 10, 30, 60, 90]);
      scene.trace.note(`storm: ${all} in a hundred, writes ${writes}`);
      scene.network.setStorm({ all, writes });
    },
  },
  {
    name: 'crash soon',
    weight: 9,
    run: async (scene) => {
      const calls = scene.chance.crashes.pick([
        scene.chance.crashes.integer(1, 20),
        scene.chance.crashes.integer(1, 120),
        scene.chance.crashes.integer(1, 500),
      ]);
      scene.trace.note(`a crash is coming in ${calls} port calls`);
      scene.crashSoon(calls);
    },
  },
  {
    name: 'calls of the day are used up',
    weight: 2,
    run: async (scene) => {
      const { moves } = scene.chance;
      const who = moves.pick(['xero', 'marketplace'] as const);
      const player = scene.world.player(who);
      const isOn = player?.faults().some(({ name, active }) => name === faultOf[who] && active);
      scene.trace.note(`${who} ${isOn ? 'counts a new day' : 'has no calls left today'}`);
      player?.setFault(faultOf[who], isOn ? null : {});
      await scene.pass(minuteMs);
    },
  },
  {
    name: 'the machine stalls',
    weight: 3,
    // Longer than a lease lasts: what was in the middle of something is overtaken, and comes back.
    run: async (scene, { path }) => {
      const { chance, person, ask } = scene;
      // Nobody waits for it: the page was closed.
      void person.call(`POST ${path}/check`).catch(() => undefined);
      await scene.pass(chance.moves.integer(1, 600));
      const seconds = chance.moves.pick([20, 149, 151, 400, 900]);
      scene.trace.note(`the machine stands still for ${seconds} seconds`);
      await scene.jump(seconds * 1000);
      await ask('check after the stall', () => person.call(`POST ${path}/check`));
      await scene.pass(minuteMs);
    },
  },
  {
    name: 'the clock is set',
    weight: 2,
    run: async (scene) => {
      const { moves } = scene.chance;
      // By seconds nobody notices; by hours no signed call is believed until it is right again.
      const seconds = moves.pick([0, 0, 5, -5, 40, -40, 3_600, -3_600, 72_000, -72_000]);
      scene.trace.note(`the app's clock is ${seconds} seconds ahead`);
      scene.setSkew(seconds * 1000);
      await scene.pass(moves.integer(1, 400_000));
    },
  },
  {
    name: 'the power is gone for days',
    weight: 2,
    // In the middle of a check: what it had not stored is older than a window when it comes back.
    run: async (scene, { path }) => {
      const { chance, person, ask } = scene;
      scene.sleepAtCrash(chance.moves.pick([2, 30, 70]) * hourMs);
      scene.crashSoon(chance.crashes.integer(1, 60));
      await ask('check', () => person.call(`POST ${path}/check`));
    },
  },
  {
    name: 'disk',
    weight: 3,
    run: async (scene) => {
      const { moves } = scene.chance;
      const [fault, told, callsMax] = moves.pick([
        ['ENOSPC', 'is full', 40],
        ['short', 'takes half of a write', 3],
        ['EIO', 'fails to keep what it took', 1],
        ['EROFS', 'is read-only', 40],
      ] as const);
      const calls = moves.integer(1, callsMax);
      scene.trace.note(`the disk ${told}, ${calls} times`);
      scene.disk.begin(fault, calls);
      await scene.pass(moves.integer(1, 120_000));
      if (moves.chance(60)) {
        scene.trace.note('the disk is well again');
        scene.disk.end();
      }
    },
  },
];
