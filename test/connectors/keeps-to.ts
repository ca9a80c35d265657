import { afterAll, afterEach, expect } from 'vitest';
import type { Judge, Places } from '../contract/judge.ts';

/**
 * Holds every request of a test file's worlds against the vendor's description, and at the end the operations that were
 * called against those that the connector is known to use, so that none is left out of the judging.
 */
export function keepsToTheDescription<W extends { judge: Judge }>(options: {
  vendor: keyof Places;
  world: () => W;
  operations: readonly string[];
}): () => W {
  const judges: Judge[] = [];
  afterEach(() => {
    expect([...new Set(judges.flatMap((judge) => judge.problems()))]).toEqual([]);
  });
  afterAll(() => {
    const called = new Set(judges.flatMap((judge) => judge.operations(options.vendor)));
    expect([...called].sort()).toEqual([...options.operations].sort());
  });
  return () => {
    const world = options.world();
    judges.push(world.judge);
    return world;
  };
}
