import { type ConnectedConnectWise, connectConnectWise, type Json, listOf } from './connect.ts';
import type { ConnectWiseOptions } from './index.ts';

export interface Scene extends ConnectedConnectWise {
  company: Json | undefined;
  contact: Json | undefined;
  /** The body of a monthly agreement that bills from 1 November 2026. */
  agreement(more?: Record<string, unknown>): Record<string, unknown>;
  agreementId: number;
  /** An item of 10 a unit that costs 6. */
  itemId: number;
  /** The address of the agreement. */
  below: string;
  /** The body of an item for the catalogue. */
  item(more?: Record<string, unknown>): Record<string, unknown>;
  /** Puts the item on the agreement; gives the id of the addition. */
  add(more?: Record<string, unknown>): Promise<number>;
}

/** An agreement of its own for one company, and an item that may be put on it. */
export async function agreementScene(options: Partial<ConnectWiseOptions> = {}): Promise<Scene> {
  const connected = await connectConnectWise(options);
  const { find, make } = connected;
  const [contact] = await find('/company/contacts', { pageSize: '1', page: '2' });
  const [company] = await find('/company/companies', {
    conditions: `id=${String(contact?.company?.id)}`,
  });
  const [type] = await find('/finance/agreements/types');
  const [subcategory] = await find('/procurement/subcategories/');
  const [productType] = await find('/procurement/types');
  const agreement = (more: Record<string, unknown> = {}) => ({
    name: 'Subscriptions',
    type: { id: type?.id },
    company: { id: company?.id },
    contact: { id: contact?.id },
    startDate: '2026-11-01T00:00:00Z',
    ...more,
  });
  const item = (more: Record<string, unknown> = {}) => ({
    identifier: 'SEAT',
    description: 'Seat',
    customerDescription: 'One seat',
    subcategory: { id: subcategory?.id },
    type: { id: productType?.id },
    price: 10,
    cost: 6,
    ...more,
  });
  const agreementId = await make('/finance/agreements', agreement());
  const itemId = await make('/procurement/catalog', item());
  const below = `/finance/agreements/${agreementId}`;
  return {
    ...connected,
    company,
    contact,
    agreement,
    agreementId,
    itemId,
    below,
    item,
    add: (more = {}) =>
      make(`${below}/additions`, {
        product: { id: itemId },
        billCustomer: 'Billable',
        effectiveDate: '2026-11-01T00:00:00Z',
        ...more,
      }),
  };
}

/** Status, code, and every message of a refusal. */
export const errorOf = ({ status, json }: { status: number; json: Json }) => [
  status,
  String(json.code),
  [String(json.message), ...listOf(json.errors).map((error) => String(error.message))].join(' '),
];
