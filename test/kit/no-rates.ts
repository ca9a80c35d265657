import { type Limit, type LimitName, limits } from '../../server/http/limits.ts';

/** For what asks more in a minute than people do: no rate is reached. */
export const noRates: Readonly<Record<LimitName, Limit>> = {
  unauthenticatedPerAddress: unreached('unauthenticatedPerAddress'),
  refusedPerAddress: unreached('refusedPerAddress'),
  lifecyclePerMarketplace: unreached('lifecyclePerMarketplace'),
  hintsPerSystem: unreached('hintsPerSystem'),
  apiPerTenant: unreached('apiPerTenant'),
  apiPerSession: unreached('apiPerSession'),
  sessionsPerUser: unreached('sessionsPerUser'),
  callingOutPerRoute: unreached('callingOutPerRoute'),
  filePerRoute: unreached('filePerRoute'),
};

function unreached(name: LimitName): Limit {
  return { ...limits[name], count: Number.MAX_SAFE_INTEGER };
}
