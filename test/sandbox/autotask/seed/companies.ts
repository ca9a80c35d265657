import { nearlyThe, strangerName } from '../../company-names.ts';
import type { SeededRandom } from '../../random.ts';
import { momentValue, type Row, type Value } from '../row.ts';
import { CUSTOMER } from '../schema/picklists.ts';
import type { Tables } from '../tables.ts';
import type { Lookups } from './lookups.ts';

const COMPANIES_MIN = 25;
/** Of five customers three have the marketplace's name, one nearly, one is not here. */
const GROUP = 5;

/**
 * The tenant's own company, companies that the marketplace knows in part, a vendor, and strangers. The third is inactive; two
 * of the strangers have one name.
 */
export function seedCompanies(
  tables: Tables,
  of: { names: readonly string[]; random: SeededRandom; lookups: Lookups; nowMs: number },
): Row[] {
  const { random, lookups, nowMs } = of;
  const made = momentValue(nowMs);
  const add = (companyName: string, more: Record<string, Value> = {}, id?: number): Row =>
    tables.add(
      'Companies',
      {
        values: {
          companyName,
          companyType: CUSTOMER,
          ownerResourceID: lookups.ownerId,
          phone: '02 5550 0100',
          isActive: true,
          isTaxExempt: false,
          taxRegionID: lookups.taxRegionIds.home,
          currencyID: lookups.currencyIds.internal,
          billToAddressToUse: 1,
          address1: `${random.integer(1, 200)} Station Street`,
          city: 'Sydney',
          state: 'NSW',
          postalCode: '2000',
          createDate: made,
          createdByResourceID: lookups.ownerId,
          lastTrackedModifiedDateTime: made,
          ...more,
        },
        udfs: {},
      },
      id,
    );
  // The tenant itself is company 0.
  add('Wattle Cloud', { companyType: 7 }, 0);
  const known = of.names.flatMap((name, index) => {
    const place = index % GROUP;
    if (place === 4) return [];
    return [place === 3 ? nearlyThe(name, random) : name];
  });
  const companies = known.map((name, index) =>
    add(name, { companyNumber: `C-${1000 + index}`, ...(index === 2 ? { isActive: false } : {}) }),
  );
  add('Northern Distribution', { companyType: 7 });
  const twin = strangerName(random);
  const strangers = [twin, twin];
  while (companies.length + strangers.length < COMPANIES_MIN) strangers.push(strangerName(random));
  const others = strangers.map((name, index) =>
    add(
      name,
      index === 3
        ? { currencyID: lookups.currencyIds.foreign, taxRegionID: lookups.taxRegionIds.abroad }
        : {},
    ),
  );
  for (const { id } of [...companies, ...others].slice(0, 12)) addContact(tables, id, made);
  return [...companies, ...others];
}

function addContact(tables: Tables, companyID: number, made: string): void {
  tables.add('Contacts', {
    values: {
      companyID,
      firstName: 'Accounts',
      lastName: 'Payable',
      emailAddress: `accounts-${companyID}@customer.example`,
      isActive: 1,
      primaryContact: true,
      createDate: made,
      lastModifiedDate: made,
    },
    udfs: {},
  });
}
