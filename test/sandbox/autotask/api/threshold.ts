import { numberOption } from '../../switches.ts';
import type { ActiveFaults } from '../faults.ts';
import { HOUR_MAX, TIMEFRAME_MINUTES } from '../gate/limits.ts';
import { type Answer, ok } from './answer.ts';
import type { Call } from './call.ts';

/** GET /ThresholdInformation: what all vendors together used of the hour (help: REST, thresholds). */
export function thresholdInformation({ world, faults }: Call): Answer {
  return ok({
    externalRequestThreshold: HOUR_MAX,
    requestThresholdTimeframe: TIMEFRAME_MINUTES,
    currentTimeframeRequestCount: world.limits.used(world.nowMs(), usedByOthers(faults)),
  });
}

/** What other vendors used of the tenant's hour. */
export function usedByOthers(faults: ActiveFaults): number {
  const threshold = faults.get('threshold');
  return threshold ? numberOption(threshold, 'used', HOUR_MAX) : 0;
}
