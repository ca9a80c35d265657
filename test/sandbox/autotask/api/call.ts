import type { ActiveFaults } from '../faults.ts';
import type { ApiUser, World } from '../world.ts';
import type { Answer } from './answer.ts';

/** One admitted request, cut at its slashes below `/ATServicesRest/V1.0`. */
export interface Call {
  world: World;
  user: ApiUser;
  method: string;
  parts: readonly string[];
  query: URLSearchParams;
  body: string;
  /** The address of this tenant's zone, ending with a slash. */
  zoneUrl: string;
  impersonatedId: number | undefined;
  hidesCosts: boolean;
  faults: ActiveFaults;
}

export type Handler = (call: Call) => Answer;
