import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';

/** A customer who is in Xero twice, and whom a match by name takes for the wrong one. */
export interface TwoContacts {
  customerId: string;
  name: string;
  /** The contact of the same name, which is not the one that pays. */
  wrongContactId: string;
  rightContactId: string;
}

/**
 * Somebody at the reseller added a customer a second time, by the very name the marketplace has, and
 * the contact that has always been billed bears a place in its name. A match by name is exact, and
 * wrong; months may pass until it is found.
 */
export function addTwin(world: World, organisation: string): TwoContacts {
  const { person } = world.systems.xero;
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const known = [...account.customers.values()].flatMap((customer) => {
    const contactId = person.findContact(organisation, customer.name);
    return contactId === null ? [] : [{ customer, contactId }];
  });
  const { customer, contactId } = must(
    known.find(({ customer: { id } }) =>
      [...account.subscriptions.values()].some(
        ({ customerId, status }) => customerId === id && status === 'active',
      ),
    ),
    'a customer with a contact',
  );
  person.renameContact(contactId, `${customer.name} (Sydney)`);
  const twin = person.addContact(organisation, customer.name);
  return {
    customerId: customer.id,
    name: customer.name,
    wrongContactId: twin,
    rightContactId: contactId,
  };
}
