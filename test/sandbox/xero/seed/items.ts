import type { SeededRandom } from '../../random.ts';
import { scaled } from '../amounts.ts';
import type { Item } from '../state.ts';

const ITEMS = 20;
const OWN = [
  'Remote support, hour',
  'On-site support, hour',
  'Project work, day',
  'Firewall rental',
  'Backup, per 100 GB',
  'Domain name, year',
  'Server monitoring',
  'Phone handset',
  'Cabling, per point',
  'Documentation',
];

/** About 20 items: some with the marketplace's part number as code, some with its name only, the rest the reseller's own. */
export function itemsFor(options: {
  products: readonly { mpn: string; name: string }[];
  random: SeededRandom;
  guid(): string;
  nowMs: number;
}): Item[] {
  const { products, random } = options;
  const item = (code: string, name: string): Item => ({
    id: options.guid(),
    code: code.slice(0, 30),
    name: name.slice(0, 50),
    description: name,
    isSold: true,
    unitPrice: scaled(`${random.integer(4, 90)}.${random.integer(10, 99)}`, 4),
    accountCode: random.chance(50) ? '210' : '200',
    taxType: undefined,
    updatedMs: options.nowMs,
  });
  const byCode = products.slice(0, 6).map(({ mpn, name }) => item(mpn, name));
  const byName = products.slice(6, 10).map(({ name }, index) => item(`LIC-${101 + index}`, name));
  const own = OWN.slice(0, Math.max(0, ITEMS - byCode.length - byName.length)).map((name, index) =>
    item(`SVC-${201 + index}`, name),
  );
  const all = [...byCode, ...byName, ...own];
  return all.filter((one, index) => all.findIndex(({ code }) => code === one.code) === index);
}
