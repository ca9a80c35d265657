import type { Move } from './move.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

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
];
