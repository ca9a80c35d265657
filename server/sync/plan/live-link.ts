import type { Link } from '../../domain/link.ts';
import type { PlanWorld } from './world.ts';

/**
 * The line that carries a charge of another order, which this one is compared with. A fault of ours
 * there asks there; here it counts as nothing, so that one bad order never holds the others.
 */
export function liveLink(world: PlanWorld, chargeKey: string): Link | null {
  try {
    return world.linkState(chargeKey).live;
  } catch {
    return null;
  }
}
