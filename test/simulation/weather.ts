import type { SystemId } from '../sandbox/systems.ts';
import type { World } from '../sandbox/world.ts';

/** Whom the app calls. */
export type PlayerId = SystemId | 'marketplace';

/** Faults of the players that one request may meet: refused before anything is done, or told strangely. */
export const systemWeather = {
  xero: [
    'rate-limit-minute',
    'rate-limit-empty',
    'server-error',
    'server-error-html',
    'maintenance',
    'token-expired',
    'truncated-json',
  ],
  autotask: ['rate-limit', 'server-error', 'server-error-html', 'maintenance', 'truncated-json'],
  connectwise: [
    'rate-limit',
    'server-error',
    'server-error-after-commit',
    'server-error-html',
    'maintenance',
    'truncated-json',
  ],
  marketplace: [
    'status-500',
    'status-503',
    'html',
    'broken-json',
    'rate-limit',
    'rate-limit-no-retry-after',
    'token-expired',
    'duplicate-records',
  ],
} satisfies Record<PlayerId, string[]>;

/** Sets a fault for the next request alone. */
export function spoilSystem(world: World, player: PlayerId, fault: string): void {
  world.player(player)?.setFault(fault, { times: 1 });
}
