import { type Answer, ok } from './answer.ts';
import type { Call } from './call.ts';

/** GET /system/info: what a connection test asks first (description: Info). */
export function systemInfo({ world }: Call): Answer {
  return ok({
    version: world.codebase.replace('_', '.'),
    isCloud: true,
    serverTimeZone: 'UTC',
    licenseBits: [],
    cloudRegion: 'sandbox',
    maxWorkFlowRecordsAllowed: 1_000,
  });
}
