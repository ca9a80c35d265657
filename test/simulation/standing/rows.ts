import { autotaskRows } from '../../kit/autotask-rows.ts';
import { connectWiseRows } from '../../kit/connectwise-rows.ts';
import type { World } from '../../sandbox/world.ts';
import type { PsaId } from './books.ts';

/** What a PSA answers about all records of a kind, as a stranger would ask it. */
export const psaRows = (
  world: World,
  system: PsaId,
  what: string,
): Promise<Record<string, unknown>[]> =>
  system === 'autotask' ? autotaskRows({ world }, what) : connectWiseRows({ world }, what);
