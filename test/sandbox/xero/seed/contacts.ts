import { nearlyThe, strangerName } from '../../company-names.ts';
import type { SeededRandom } from '../../random.ts';
import type { Contact } from '../state.ts';

const CONTACTS = 30;
/**
 * About 30 contacts: some exactly as the marketplace names its customers, some nearly so, the rest strangers. The
 * third is archived.
 */
export function contactsFor(options: {
  customers: readonly string[];
  random: SeededRandom;
  guid(): string;
  nowMs: number;
}): Contact[] {
  const { customers, random } = options;
  const exact = customers.slice(0, 10);
  const near = customers.slice(10, 18).map((name) => nearlyThe(name, random));
  const names = new Set([...exact, ...near]);
  while (names.size < CONTACTS) names.add(strangerName(random));
  return [...names].map((name, index) => ({
    id: options.guid(),
    status: index === 2 ? 'ARCHIVED' : 'ACTIVE',
    name,
    updatedMs: options.nowMs,
    isCustomer: true,
    texts: {
      EmailAddress: `accounts@${name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')}.example`,
      ...(index % 5 === 0 ? { AccountNumber: `A-${1000 + index}` } : {}),
    },
    persons:
      index === 0
        ? [
            {
              FirstName: 'Accounts',
              LastName: 'Payable',
              EmailAddress: 'payable@customer.example',
              IncludeInEmails: true,
            },
          ]
        : [],
    addresses: [
      {
        AddressType: 'POBOX',
        AddressLine1: `PO Box ${100 + index}`,
        City: 'Sydney',
        Region: 'NSW',
        PostalCode: '2000',
        Country: 'Australia',
      },
    ],
    phones: [],
    salesTerms: index % 4 === 1 ? { day: 14, type: 'DAYSAFTERBILLDATE' } : undefined,
  }));
}
