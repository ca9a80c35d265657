import type { World } from '../sandbox/world.ts';

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
};

/** Sets a fault for the next request alone. */
export function spoilSystem(world: World, player: 'xero' | 'marketplace', fault: string): void {
  world.player(player)?.setFault(fault, { times: 1 });
}
