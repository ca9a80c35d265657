import { ownKey } from '../../../server/domain/ids.ts';
import type { Link } from '../../../server/domain/link.ts';
import { amountText } from '../../../server/domain/money.ts';
import { audit } from '../../bookkeeper/audit.ts';
import { type Books, defaultBookSettings } from '../../bookkeeper/books.ts';
import type { Evidence, Law } from './law.ts';

/**
 * The bookkeeper's account of what was finished: every order whose charges are all linked must be in
 * Xero to the cent, by independent code; what is open, undone or excluded must not be.
 */
export const centLaws: readonly Law[] = [
  {
    name: 'bookkeeper',
    broken: (evidence) => {
      const found = audit({
        marketplace: evidence.world.marketplace.journal(),
        system: evidence.world.systems.xero.journal(),
        books: booksOf(evidence),
      });
      if (found.ok) return [];
      const texts = found.differences.map(
        ({ kind, order, charge, expected, found: there }) =>
          `${kind} ${order} ${charge}: expected ${expected}, found ${there}`,
      );
      const sums = found.sums
        .filter(({ agrees }) => !agrees)
        .map(
          ({ contact, currency, expected, found: there }) =>
            `sum ${contact} ${currency}: expected ${expected}, found ${there}`,
        );
      return [...texts, ...sums];
    },
  },
];

type Straddle = NonNullable<Books['straddles']>[number];

function booksOf(evidence: Evidence): Books {
  const { reader, organisation, baseCurrency, resellerId, business, today, world } = evidence;
  const { connectionId, settings, billFrom } = business;
  // What was billed here before a customer was handed to another connection stands here.
  const billed = new Set(reader.list('link').map(({ customerId }) => customerId));
  const customers = reader
    .list('customerMapping')
    .filter((mapping) => mapping.connectionId === connectionId && mapping.targetId !== null)
    .filter(({ customerId }) => business.customers.has(customerId) || billed.has(customerId))
    .map((mapping) => [
      mapping.customerId,
      { contact: mapping.targetId ?? '', ...ownCurrency(evidence, mapping.targetId) },
    ]);
  const products = reader
    .list('productMapping')
    .filter(({ targetId }) => targetId !== null)
    .map(({ productKey, fee }) => ({ product: productKey, ...(fee === null ? {} : { fee }) }));
  const links = reader.list('link').filter(({ state }) => state === 'live');
  const portion = ({ chargeKey, generation }: (typeof links)[number]) =>
    `${chargeKey} ${generation}`;
  const reversed = new Set(links.flatMap((link) => (link.sign === -1 ? [portion(link)] : [])));
  const live = new Set<string>(
    links.flatMap((link) =>
      link.sign === 1 && !reversed.has(portion(link)) && !isAskedAbout(evidence, link)
        ? [link.chargeKey]
        : [],
    ),
  );
  const touched = reader
    .list('order')
    .filter(({ type, charges }) => type !== 'missing' && charges.some((key) => live.has(key)));
  const opened = reader.list('subscription').map(({ id }) => [id, 'next-order' as const]);
  return {
    reseller: resellerId,
    organisation,
    baseCurrency,
    today,
    billFrom,
    settings: {
      ...defaultBookSettings,
      seatsDown: settings.seatsDown,
      otherCurrency: settings.otherCurrency,
    },
    rates: settings.rates,
    missing: missingIn(evidence, live),
    customers: Object.fromEntries(customers),
    products,
    straddles: [
      ...reader.list('decision').flatMap(({ scope, value }): Straddle[] => {
        if (value.kind !== 'straddle') return [];
        const { answer } = value;
        if (scope.kind === 'customer') return [{ customer: scope.customerId, answer }];
        if (scope.kind !== 'order') return [];
        return [{ order: reader.get('order', scope.orderId)?.number ?? '', answer }];
      }),
      ...keptStraddles(evidence, links),
    ],
    openings: Object.fromEntries(opened),
    own: reader
      .list('ownCharge')
      .filter((own) => own.connectionId === connectionId)
      .map(({ customerId, ...own }) => ({ ...own, customer: customerId })),
    confirmed: touched.map(({ number }) => number),
    undone: touched.flatMap(({ number, charges }) =>
      charges
        .flatMap((key) => (live.has(key) ? [] : (reader.get('charge', key) ?? [])))
        .map((charge) => ({
          order: number,
          detail: charge.detailType,
          ...(charge.subscriptionId === null ? {} : { subscription: charge.subscriptionId }),
          ...(charge.productId === null ? {} : { product: charge.productId }),
        })),
    ),
    listsBillingOrders: !world.marketplace.market.account(resellerId).hideBillingOrders,
  };
}

/** A contact that the system bills in a currency of its own. */
function ownCurrency({ reader }: Evidence, targetId: string | null): { currency?: string } {
  const found = reader.list('company').find(({ company }) => company.id === targetId);
  return found?.company.currency == null ? {} : { currency: found.company.currency };
}

/** Periods that a person billed from their subscription, and whose line stands. */
function missingIn({ reader }: Evidence, live: ReadonlySet<string>): NonNullable<Books['missing']> {
  return reader.list('order').flatMap(({ type, number, customerId, charges }) =>
    charges.flatMap((key) => {
      const charge = type === 'missing' && live.has(key) ? reader.get('charge', key) : null;
      if (charge === null || charge.period === null) return [];
      return [
        {
          order: number,
          customer: customerId,
          subscription: charge.subscriptionId ?? '',
          product: charge.productId ?? '',
          word: charge.description,
          ...charge.period,
          currency: charge.amount.currency,
          amount: amountText(charge.amount),
        },
      ];
    }),
  );
}

/** Found ended after everything was forgotten, perhaps by the app's own undo: a person says what it means. */
function isAskedAbout({ reader, business }: Evidence, { runId, documentId }: Link): boolean {
  const drift = reader.get('snapshot', ownKey(business.connectionId, documentId))?.drift;
  return runId === null && (drift === 'voided' || drift === 'deleted');
}

/** Where a redact forgot what people had answered, what stands in the system was answered so. */
function keptStraddles({ reader, business }: Evidence, links: readonly Link[]): Straddle[] {
  if (business.forgotten === 0) return [];
  const adopted = links.filter(({ runId }) => runId === null).map(({ orderId }) => orderId);
  return [...new Set(adopted)].map((orderId) => ({
    order: reader.get('order', orderId)?.number ?? '',
    answer: 'bill',
  }));
}
