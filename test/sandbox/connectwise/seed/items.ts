import { NumberText } from '../../json.ts';
import type { SeededRandom } from '../../random.ts';
import type { Row, Value } from '../row.ts';
import { ITEM_FIELDS } from '../schema/custom.ts';
import type { Add } from './add.ts';
import type { Lookups } from './lookups.ts';

export interface SeededItems {
  /** Items of the marketplace's products, under their part number or under their name. */
  known: Row[];
  support: Row;
}

/** Two of three products are here: one by its part number, one by its name alone. A bundle, a retired item and support besides. */
export function seedItems(
  add: Add,
  of: {
    products: readonly { mpn: string; name: string }[];
    random: SeededRandom;
    lookups: Lookups;
  },
): SeededItems {
  const { random, lookups } = of;
  const item = (
    identifier: string,
    description: string,
    more: Record<string, Value> = {},
    custom: Record<number, string> = {},
  ) =>
    add(
      'CatalogItem',
      {
        identifier: identifier.slice(0, 75),
        description: description.slice(0, 60),
        customerDescription: description,
        subcategory: lookups.subcategories.licences,
        category: null,
        type: lookups.productTypes.software,
        productClass: 'NonInventory',
        unitOfMeasure: lookups.units.each,
        price: new NumberText(`${random.integer(8, 60)}.00`),
        cost: new NumberText('5.50'),
        taxableFlag: true,
        inactiveFlag: false,
        recurringFlag: false,
        ...more,
      },
      custom,
    );
  const [mark] = ITEM_FIELDS;
  const known = of.products.flatMap(({ mpn, name }, index) => {
    if (index % 3 === 2) return [];
    const custom = mark && index % 3 === 0 ? { [mark.id]: mpn } : {};
    return [
      index % 3 === 0
        ? item(
            mpn,
            name,
            { integrationXRef: mpn.slice(0, 50), vendorSku: mpn.slice(0, 50) },
            custom,
          )
        : item(`CLOUD-${index}`, name),
    ];
  });
  const support = item('SUPPORT', 'Managed support per seat', {
    subcategory: lookups.subcategories.support,
    type: lookups.productTypes.service,
    productClass: 'Agreement',
    price: new NumberText('35.00'),
  });
  item('SETUP', 'Setup of a subscription', { price: new NumberText('50.00') });
  item('BUNDLE', 'Modern workplace', { productClass: 'Bundle', price: new NumberText('55.00') });
  item('OLD', 'Old hosting', { inactiveFlag: true });
  return { known, support };
}
