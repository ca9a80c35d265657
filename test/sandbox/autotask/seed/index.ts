import type { SeededRandom } from '../../random.ts';
import type { Tables } from '../tables.ts';
import { seedCompanies } from './companies.ts';
import { type Lookups, seedLookups } from './lookups.ts';

export interface SeedNames {
  customers: string[];
  products: { mpn: string; name: string }[];
}

/** The same tenant from the same seed, names and moment. */
export function seed(
  tables: Tables,
  of: { random: SeededRandom; names: SeedNames; nowMs: number },
): Lookups {
  const { random, names, nowMs } = of;
  const lookups = seedLookups(tables, nowMs);
  seedCompanies(tables, { names: names.customers, random, lookups, nowMs });
  return lookups;
}
