import type { SeededRandom } from '../../random.ts';
import type { Tables } from '../tables.ts';
import { adding } from './add.ts';
import { seedAgreements } from './agreements.ts';
import { seedCompanies } from './companies.ts';
import { seedItems } from './items.ts';
import { type Lookups, seedLookups } from './lookups.ts';
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
  const add = adding(tables, nowMs);
  const lookups = seedLookups(add);
  const companies = seedCompanies(add, { names: names.customers, random, lookups });
  const items = seedItems(add, { products: names.products, random, lookups });
  for (const item of tables.all('CatalogItem')) {
    const subcategory = tables.get('SubCategory', Number(item.values.subcategory));
    item.values.category = subcategory?.values.category ?? null;
  }
  seedAgreements(add, { companies, items, random, lookups, nowMs });
  seedSales(add, { companies, lookups, nowMs });
  return lookups;
}
