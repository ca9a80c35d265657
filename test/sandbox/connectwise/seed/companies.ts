import { nearlyThe, strangerName } from '../../company-names.ts';
import type { SeededRandom } from '../../random.ts';
import type { Row, Value } from '../row.ts';
import type { Add } from './add.ts';
import type { Lookups } from './lookups.ts';

const COMPANIES_MIN = 25;
/** Of five customers three have the marketplace's name, one nearly, one is not here. */
const GROUP = 5;

export interface SeededCompany {
  company: Row;
  contact: Row;
}

/**
 * The tenant's own company, companies that the marketplace knows in part, a vendor, and strangers. The third is not active and
 * one stranger deleted; two of the strangers have one name.
 */
export function seedCompanies(
  add: Add,
  of: { names: readonly string[]; random: SeededRandom; lookups: Lookups },
): SeededCompany[] {
  const { random, lookups } = of;
  const company = (name: string, more: Record<string, Value> = {}): SeededCompany => {
    const number = counter.next();
    const row = add('Company', {
      identifier: `${name.replace(/[^A-Za-z0-9]/g, '').slice(0, 20)}${number}`,
      name,
      status: lookups.statuses.active,
      types: [lookups.types.customer],
      addressLine1: `${random.integer(1, 200)} Station Street`,
      city: 'Sydney',
      state: 'NSW',
      zip: '2000',
      phoneNumber: '0255500100',
      currency: lookups.currencies.own,
      taxCode: lookups.taxCodes.home,
      deletedFlag: false,
      ...more,
    });
    const contact = add('Contact', {
      firstName: 'Accounts',
      lastName: 'Payable',
      company: row.id,
      inactiveFlag: false,
      defaultFlag: true,
      defaultBillingFlag: true,
      communicationItems: [
        { value: `accounts-${number}@customer.example`, communicationType: 'Email' },
      ],
    });
    row.values.defaultContact = contact.id;
    row.values.billingContact = contact.id;
    row.values.site = add('CompanySite', {
      name: 'Main',
      company: row.id,
      city: 'Sydney',
      primaryAddressFlag: true,
      inactiveFlag: false,
    }).id;
    return { company: row, contact };
  };
  const counter = counting();
  company('Wattle Cloud', { types: [] });
  const known = of.names.flatMap((name, index) => {
    const place = index % GROUP;
    if (place === 4) return [];
    return [place === 3 ? nearlyThe(name, random) : name];
  });
  const customers = known.map((name, index) =>
    company(name, {
      accountNumber: `C-${1000 + index}`,
      ...(index === 2 ? { status: lookups.statuses.inactive } : {}),
    }),
  );
  company('Northern Distribution', { types: [lookups.types.vendor], isVendorFlag: true });
  const twin = strangerName(random);
  const strangers = [twin, twin];
  while (customers.length + strangers.length < COMPANIES_MIN) strangers.push(strangerName(random));
  const others = strangers.map((name, index) =>
    company(name, {
      ...(index === 2 ? { deletedFlag: true } : {}),
      ...(index === 3
        ? { currency: lookups.currencies.foreign, taxCode: lookups.taxCodes.none }
        : {}),
    }),
  );
  return [...customers, ...others];
}

function counting() {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return count;
    },
  };
}
