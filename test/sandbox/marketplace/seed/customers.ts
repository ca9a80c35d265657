import type { SeededRandom } from '../../random.ts';
import type { Contact, Currency, Customer, ResellerAccount } from '../model.ts';

/** Marks the secrets that the API lets through in contacts: a reader that keeps one shows this text somewhere. */
export const SECRET_CANARY = 'canary-contact-secret';

/** City, state, postal code. */
type Place = readonly [string, string, string];
const FIRST = [
  'Alder',
  'Basalt',
  'Cedar',
  'Dune',
  'Ember',
  'Fathom',
  'Gable',
  'Harbour',
  'Inlet',
  'Juniper',
  'Kestrel',
  'Larch',
  'Mallee',
  'Nimbus',
  'Orchard',
  'Pebble',
  'Quarry',
  'Rowan',
  'Saltbush',
  'Tern',
];
const SECOND = [
  'Dental',
  'Freight',
  'Legal',
  'Builders',
  'Clinic',
  'Accounting',
  'Schools',
  'Foods',
  'Design',
  'Engineering',
];
const AU: readonly Place[] = [
  ['Ballarat', 'VIC', '3350'],
  ['Newcastle', 'NSW', '2300'],
  ['Fremantle', 'WA', '6160'],
  ['Hobart', 'TAS', '7000'],
];
const US: readonly Place[] = [
  ['Spokane', 'WA', '99201'],
  ['Duluth', 'MN', '55802'],
  ['Tulsa', 'OK', '74103'],
];

/** One made-up company; contacts are desks, not people. One in four carries a login and a password, as the API may. */
export function makeCustomer(
  account: ResellerAccount,
  random: SeededRandom,
  index: number,
): Customer {
  account.counters.customer += 1;
  const currency: Currency = account.currencies.length > 1 && index % 4 === 3 ? 'USD' : 'AUD';
  const name = `${FIRST[index % FIRST.length]} ${SECOND[(index * 7 + Math.floor(index / FIRST.length)) % SECOND.length]} ${currency === 'AUD' ? 'Pty Ltd' : 'Inc.'}`;
  const [city, state, postalCode] = random.pick(currency === 'AUD' ? AU : US);
  const domain = `${name
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/-+$/, '')}.example`;
  const desk = (type: Contact['type'], lastName: string): Contact => ({
    type,
    firstName: 'The',
    lastName,
    email: `${type}@${domain}`,
    phoneNumber: currency === 'AUD' ? '61##255501000#' : '1##5555550100#',
    ...(type === 'admin' && index % 4 === 1
      ? { login: `admin@${domain}`, password: `${SECRET_CANARY}-${account.counters.customer}` }
      : {}),
  });
  return {
    id: String(account.counters.customer),
    ...(index % 6 === 2 ? { externalId: `CRM-${4000 + index}` } : {}),
    resellerId: account.tenantId,
    attributes: {},
    status: index % 19 === 17 ? 'creditHold' : 'active',
    name,
    address: {
      streetAddress: `${random.integer(1, 240)} Market Street`,
      postalCode,
      city,
      state,
      countryCode: currency === 'AUD' ? 'AU' : 'US',
    },
    contactPersons: [
      desk('admin', 'Office manager'),
      ...(index % 3 === 0 ? [] : [desk('billing', 'Accounts desk')]),
    ],
    language: 'en',
    ...(index % 2 === 0
      ? { taxRegId: currency === 'AUD' ? `${51_000_000_000 + index}` : `00-${1_000_000 + index}` }
      : {}),
    currency,
  };
}
