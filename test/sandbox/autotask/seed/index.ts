import type { SeededRandom } from '../../random.ts';
import type { Tables } from '../tables.ts';
import { seedCompanies } from './companies.ts';
import { seedContracts } from './contracts.ts';
import { type Lookups, seedLookups } from './lookups.ts';
import { seedOffers } from './offers.ts';
import { seedSales } from './sales.ts';

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
  const companies = seedCompanies(tables, { names: names.customers, random, lookups, nowMs });
  const offers = seedOffers(tables, { products: names.products, random, lookups, nowMs });
  seedContracts(tables, { companies, services: offers.known, ...offers, random, nowMs });
  seedSales(tables, { companies, lookups, nowMs });
  return lookups;
}
