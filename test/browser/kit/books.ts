import * as v from 'valibot';
import { type Books, defaultBookSettings } from '../../bookkeeper/books.ts';
import type { AppClient } from './app-client.ts';
import type { ProcessWorld } from './world.ts';

/** What the reseller chose in the tour, for the bookkeeper: read from the app, in the ids of the two outside systems. */
export async function booksOf(
  client: AppClient,
  facts: Pick<Books, 'today' | 'billFrom' | 'organisation' | 'openings'>,
): Promise<Books> {
  const base = `/v1/connections/${client.connectionId}`;
  const customers = await rows(client, `${base}/mappings/customers?`, customerSchema);
  const products = await rows(client, `${base}/mappings/products?`, productSchema);
  const done = await rows(client, `${base}/tasks?view=done`, taskSchema);
  return {
    reseller: 'reseller-1000',
    baseCurrency: 'AUD',
    ...facts,
    settings: defaultBookSettings,
    customers: Object.fromEntries(
      customers.flatMap(({ id, target, billedBy }) =>
        target && billedBy === client.connectionId ? [[id, { contact: target.id }]] : [],
      ),
    ),
    products: products.flatMap(({ productKey, fee, target }) =>
      target ? [{ product: productKey, item: target.id, ...(fee ? { fee } : {}) }] : [],
    ),
    confirmed: done.map(({ orderNumber }) => orderNumber),
  };
}

const subscriptionsSchema = v.object({ subscriptions: v.array(v.object({ id: v.string() })) });

/** What the tour answers for each subscription that ran already. */
export async function nextOrderForAll(world: ProcessWorld): Promise<Record<string, 'next-order'>> {
  const state = v.parse(subscriptionsSchema, await world.control('/sandbox/state'));
  return Object.fromEntries(state.subscriptions.map(({ id }) => [id, 'next-order' as const]));
}

async function rows<T>(
  client: AppClient,
  path: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T[]> {
  const all: T[] = [];
  let page = '';
  do {
    const at = page === '' ? '' : `&page=${page}`;
    const found = v.parse(
      v.object({ rows: v.array(schema), next: v.nullable(v.string()) }),
      await client.get(`${path}${at}`),
    );
    all.push(...found.rows);
    page = found.next ?? '';
  } while (page !== '');
  return all;
}

const target = v.nullable(v.object({ id: v.string() }));
const customerSchema = v.object({ id: v.string(), target, billedBy: v.nullable(v.string()) });
const productSchema = v.object({
  productKey: v.string(),
  fee: v.nullable(v.picklist(['recurring', 'setup', 'cancellation', 'overuse'])),
  target,
});
const taskSchema = v.object({ orderNumber: v.string() });
