import * as v from 'valibot';
import type { Crypto } from '../../domain/ports/machine.ts';
import type {
  Marketplace,
  MarketplaceAdapter,
  MarketplaceContext,
} from '../../domain/ports/marketplace.ts';
import type { Read } from '../../domain/ports/read.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { manifest } from './manifest.ts';
import { orderOf } from './orders.ts';
import { type Page, pageSize, readPages } from './pages.ts';
import { customerOf, productOf, subscriptionOf } from './records.ts';
import { customerSchema, orderSchema, productSchema, subscriptionSchema } from './schemas.ts';
import { idOf, unreadable } from './unreadable.ts';

/**
 * CloudBlue Commerce SimpleAPI 1.15. One opened marketplace keeps one token in memory; open it once
 * a tenant and keep it, or every check pays for a token.
 */
export const cloudblue: MarketplaceAdapter = { manifest, open };

function open(context: MarketplaceContext): Marketplace {
  const gateway = createGateway(context);
  const { crypto } = context;

  const customer = reader({ what: 'customer', schema: customerSchema, map: customerOf, crypto });
  const product = reader({ what: 'product', schema: productSchema, map: productOf, crypto });
  const order = (detailed: boolean) =>
    reader({
      what: 'order',
      schema: orderSchema,
      map: (read) => orderOf(read, { detailed, crypto }),
      crypto,
    });
  const subscription = (detailed: boolean) =>
    reader({
      what: 'subscription',
      schema: subscriptionSchema,
      map: (read) => subscriptionOf(read, detailed),
      crypto,
    });

  const list = (path: string, query: Record<string, string> = {}) =>
    readPages((offset) => page(gateway, path, { ...query, offset: String(offset) }));
  const one = async (path: string, id: string): Promise<unknown[]> => {
    const reply = await gateway.find(`${path}/${encodeURIComponent(id)}`);
    if (reply === null) return [];
    if (idOf(reply.body) !== id) throw gateway.unexpected(reply);
    return [reply.body];
  };

  return {
    test: async () => {
      await page(gateway, '/customers', { offset: '0', limit: '1' });
    },
    customers: async () => customer(await list('/customers')),
    products: async () => product(await list('/products')),
    orders: async ({ from, to }) =>
      order(false)(await list('/orders', { creationTimeFrom: from, creationTimeTo: to })),
    order: async (id) => order(true)(await one('/orders', id)),
    subscriptions: async () => subscription(false)(await list('/subscriptions')),
    subscription: async (id) => subscription(true)(await one('/subscriptions', id)),
  };
}

const count = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number));
const pageSchema = v.object({
  data: v.array(v.unknown()),
  pagination: v.nullish(v.object({ total: v.nullish(count, null) }), null),
});

/** Answers are described as successes whatever they hold, so a page must prove to be one. */
async function page(gateway: Gateway, path: string, query: Record<string, string>): Promise<Page> {
  const reply = await gateway.get(path, { limit: String(pageSize), ...query });
  const parsed = v.safeParse(pageSchema, reply.body);
  if (!parsed.success) throw gateway.unexpected(reply);
  return { data: parsed.output.data, total: parsed.output.pagination?.total ?? null };
}

/** Lets records through their schema one by one; the others are kept as unreadable. */
function reader<S extends v.GenericSchema, T>(options: {
  what: string;
  schema: S;
  map: (read: v.InferOutput<S>) => T | null;
  crypto: Crypto;
}): (records: readonly unknown[]) => Read<T> {
  return (records) => {
    const read: Read<T> = { records: [], unreadable: [] };
    for (const record of records) {
      const parsed = v.safeParse(options.schema, record);
      const mapped = parsed.success ? options.map(parsed.output) : null;
      if (mapped === null)
        read.unreadable.push(unreadable({ ...options, record, issues: parsed.issues ?? [] }));
      else read.records.push(mapped);
    }
    return read;
  };
}
