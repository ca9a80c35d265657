import type { Charge } from '../../../../server/domain/charge.ts';
import type { Decision } from '../../../../server/domain/decision.ts';
import { type Books, defaultBookSettings, type Where } from '../../../bookkeeper/books.ts';
import { auditStanding } from '../../../bookkeeper/standing/audit.ts';
import type { Evidence, Law } from '../law.ts';

/**
 * The bookkeeper's account of every order that does not wait for anybody: by independent code, what must
 * stand on contracts and agreements on each day, and what once.
 */
export const standingCentLaws: readonly Law[] = [
  {
    name: 'bookkeeper',
    broken: (evidence) => {
      if (evidence.standing === null) return [];
      const { held } = evidence.standing;
      // What became of a write that a person is asked to look up is theirs to say.
      const unclear = evidence.reader
        .list('intent')
        .flatMap(({ state, element }) => (state === 'unclear' ? element.lineMarkers : []));
      const once = held.once.filter(({ text }) => !unclear.some((mark) => text.includes(mark)));
      const { differences } = auditStanding({
        marketplace: evidence.world.marketplace.journal(),
        held: { ...held, once },
        books: booksOf(evidence),
      });
      return differences.map(
        ({ kind, order, charge, expected, found }) =>
          `${kind} ${order} ${charge}: expected ${expected}, found ${found}`,
      );
    },
  },
];

function booksOf(evidence: Evidence): Books {
  const { reader, organisation, baseCurrency, resellerId, business, today, world, keptElsewhere } =
    evidence;
  const { settings, billFrom } = business;
  const mappings = reader.list('customerMapping').filter(({ targetId }) => targetId !== null);
  const products = reader.list('productMapping').filter(({ targetId }) => targetId !== null);
  const decisions = reader.list('decision');
  const account = world.marketplace.market.account(resellerId);
  const open = new Map(reader.list('task').map((task) => [task.orderId, task]));
  const isOpen = (id: string): boolean => open.has(id);
  const written = writtenCharges(evidence);
  // What was taken in before a customer was handed on stays where it is, with both connections.
  const isTaken = ({
    id,
    customerId,
    creationDate,
  }: {
    id: string;
    customerId: string;
    creationDate: string;
  }): boolean =>
    written.orders.has(id) ||
    (business.customers.has(customerId) &&
      // What is older than anything the app reads was billed by hand.
      (reader.get('order', id) !== null || creationDate.slice(0, 10) >= billFrom) &&
      !isOpen(id) &&
      !keptElsewhere.has(id));
  const numbers = account.orders
    .map(({ order }) => order)
    .filter(isTaken)
    .map(({ orderNumber }) => orderNumber);
  return {
    reseller: resellerId,
    organisation,
    baseCurrency,
    today,
    billFrom,
    settings: {
      ...defaultBookSettings,
      seatsDown: settings.seatsDown,
      proration: settings.proration,
    },
    customers: Object.fromEntries(
      mappings.map(({ customerId, targetId }) => [
        customerId,
        {
          contact: targetId ?? '',
          bills: business.customers.has(customerId) || written.customers.has(customerId),
        },
      ]),
    ),
    products: products.map(({ productKey, fee, targetId }) => ({
      product: productKey,
      // The app's own word for a service's id is the kind and the vendor's id.
      item: (targetId ?? '').replace(/^\w+:/, ''),
      ...(fee === null ? {} : { fee }),
    })),
    straddles: decisions.flatMap((decision) => straddleIn(evidence, decision)),
    openings: Object.fromEntries(
      reader.list('subscription').map(({ id }) => [id, 'next-order' as const]),
    ),
    confirmed: numbers,
    undone: written.freed.map((charge) => whereOf(evidence, charge)),
    again: written.again.map((charge) => whereOf(evidence, charge)),
    exclusions: [
      ...decisions.flatMap((decision) => exclusionsIn(evidence, decision)),
      // What waits in an order of which the rest is written.
      ...[...written.orders].filter(isOpen).flatMap((orderId) =>
        (reader.get('order', orderId)?.charges ?? []).flatMap((key) => {
          const charge = reader.get('charge', key);
          return charge === null || written.all.has(key) ? [] : [whereOf(evidence, charge)];
        }),
      ),
    ],
    listsBillingOrders: !account.hideBillingOrders,
  };
}

interface Written {
  /** Charges that were written at any time. */
  all: ReadonlySet<string>;
  /** Those of them that stand no more. */
  freed: Charge[];
  /** Those that were freed and stand again. */
  again: Charge[];
  orders: ReadonlySet<string>;
  customers: ReadonlySet<string>;
}

function writtenCharges({ reader }: Evidence): Written {
  const links = reader.list('link');
  const live = links.filter(({ state }) => state === 'live');
  const portion = ({ chargeKey, generation }: (typeof links)[number]) =>
    `${chargeKey} ${generation}`;
  const reversed = new Set(live.flatMap((link) => (link.sign === -1 ? [portion(link)] : [])));
  const standing = new Set<string>(
    live.flatMap((link) =>
      link.sign === 1 && !reversed.has(portion(link)) ? [link.chargeKey] : [],
    ),
  );
  const all = new Set<string>(links.map(({ chargeKey }) => chargeKey));
  return {
    all,
    freed: [...all].flatMap((key) => (standing.has(key) ? [] : (reader.get('charge', key) ?? []))),
    again: [...standing].flatMap((key) =>
      links.some(({ chargeKey, state }) => chargeKey === key && state === 'freed')
        ? (reader.get('charge', key) ?? [])
        : [],
    ),
    orders: new Set(links.map(({ orderId }) => orderId)),
    customers: new Set(links.map(({ customerId }) => customerId)),
  };
}

const whereOf = ({ reader }: Evidence, charge: Charge): Where => ({
  order: reader.get('order', charge.orderId)?.number ?? '',
  detail: charge.detailType,
  ...(charge.subscriptionId === null ? {} : { subscription: charge.subscriptionId }),
  ...(charge.productId === null ? {} : { product: charge.productId }),
});

type Straddle = NonNullable<Books['straddles']>[number];
function straddleIn({ reader }: Evidence, { scope, value }: Decision): Straddle[] {
  if (value.kind !== 'straddle') return [];
  const { answer } = value;
  if (scope.kind === 'customer') return [{ customer: scope.customerId, answer }];
  if (scope.kind !== 'order') return [];
  return [{ order: reader.get('order', scope.orderId)?.number ?? '', answer }];
}

/** "Do not bill" takes nothing back: what was billed before, or was being written, stays as it is. */
function exclusionsIn(evidence: Evidence, { scope, value, at }: Decision): Where[] {
  if (value.kind !== 'exclude') return [];
  const { reader, business } = evidence;
  const billed = new Set<string>(
    reader
      .list('link')
      .filter((link) => link.at <= at || business.begun.has(link.marker))
      .map(({ chargeKey }) => chargeKey),
  );
  return reader
    .list('charge')
    .filter(({ key, orderId }) =>
      scope.kind === 'customer'
        ? reader.get('order', orderId)?.customerId === scope.customerId
        : scope.kind === 'charge' && scope.key === key,
    )
    .flatMap((charge) => (billed.has(charge.key) ? [] : [whereOf(evidence, charge)]));
}
