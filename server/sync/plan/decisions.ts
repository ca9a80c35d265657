import type { Charge } from '../../domain/charge.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import type { Decision, DecisionValue, Edit, Scope } from '../../domain/decision.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { NeedCode } from '../../domain/task.ts';

/** A decision of one kind, with who made it. */
export type Of<K extends DecisionValue['kind']> = Decision & {
  value: Extract<DecisionValue, { kind: K }>;
};

/** Where a charge stands: the scopes a decision about it may have, nearest first. */
export interface Place {
  charge: Pick<Charge, 'key' | 'orderId' | 'productId' | 'partNumber'> | null;
  orderId: string;
  subscriptionId: string | null;
  customerId: string;
}

export interface DecisionIndex {
  /** The nearest decision of a kind; nearer scopes win over wider ones. */
  nearest<K extends DecisionValue['kind']>(kind: K, place: Place): Of<K> | null;
  /** All edits that apply, widest first, so that nearer ones overrule field by field. */
  edits(place: Place): Of<'edit'>[];
  accepted(need: NeedCode, subject: string): string[];
  /** Every decision of a kind about a product, oldest first. */
  ofProduct<K extends DecisionValue['kind']>(kind: K, productKey: string): Of<K>[];
  /** The newest margin floor of a vendor. */
  ofVendor(vendor: string): Of<'margin'> | null;
  exclusion(place: Place, on: CalendarDate): Of<'exclude'> | null;
  productExclusion(productKey: string, on: CalendarDate): Of<'exclude'> | null;
}

export function indexDecisions(decisions: readonly Decision[]): DecisionIndex {
  const byScope = new Map<string, Decision[]>();
  const accepts = new Map<string, string[]>();
  for (const decision of [...decisions].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    const key = scopeKey(decision.scope);
    byScope.set(key, [...(byScope.get(key) ?? []), decision]);
    if (decision.value.kind !== 'accept') continue;
    const subject = `${decision.value.need}\n${subjectOf(decision.scope)}`;
    accepts.set(subject, [...(accepts.get(subject) ?? []), decision.value.seen]);
  }
  const at = <K extends DecisionValue['kind']>(kind: K, place: Place): Of<K>[] =>
    scopesOf(place).flatMap((key) =>
      (byScope.get(key) ?? [])
        .filter((decision): decision is Of<K> => decision.value.kind === kind)
        .toReversed(),
    );
  const ofProduct = <K extends DecisionValue['kind']>(kind: K, productKey: string): Of<K>[] =>
    (byScope.get(scopeKey({ kind: 'product', productKey })) ?? []).filter(
      (decision): decision is Of<K> => decision.value.kind === kind,
    );
  return {
    ofProduct,
    ofVendor: (vendor) =>
      (byScope.get(scopeKey({ kind: 'vendor', vendor })) ?? []).findLast(
        (decision): decision is Of<'margin'> => decision.value.kind === 'margin',
      ) ?? null,
    nearest: (kind, place) => at(kind, place)[0] ?? null,
    edits: (place) => at('edit', place).toReversed(),
    accepted: (need, subject) => accepts.get(`${need}\n${subject}`) ?? [],
    exclusion: (place, on) =>
      at('exclude', place).find((decision) => holdsOn(decision, on)) ?? null,
    productExclusion: (productKey, on) =>
      ofProduct('exclude', productKey).findLast((decision) => holdsOn(decision, on)) ?? null,
  };
}

/** All edits laid over each other; later ones in the list are nearer and win. */
export const mergedEdit = (edits: readonly Of<'edit'>[]): Edit =>
  Object.assign({}, ...edits.map(({ value }) => value.edit));

/** The id inside a scope, by which needs and their acceptances find each other. */
export function subjectOf(scope: Scope): string {
  switch (scope.kind) {
    case 'charge':
      return scope.key;
    case 'order':
      return scope.orderId;
    case 'subscription':
      return scope.subscriptionId;
    case 'customer-product':
    case 'customer':
      return scope.customerId;
    case 'product':
      return scope.productKey;
    case 'vendor':
      return scope.vendor;
    default:
      return scope satisfies never;
  }
}

const holdsOn = ({ value }: Of<'exclude'>, on: CalendarDate): boolean =>
  value.until === null || on < value.until;

function scopeKey(scope: Scope): string {
  switch (scope.kind) {
    case 'charge':
      return `charge ${scope.key}`;
    case 'order':
      return `order ${scope.orderId}`;
    case 'subscription':
      return `subscription ${scope.subscriptionId} ${scope.productKey ?? ''}`;
    case 'customer-product':
      return `customer-product ${scope.customerId} ${scope.productKey}`;
    case 'customer':
      return `customer ${scope.customerId}`;
    case 'product':
      return `product ${scope.productKey}`;
    case 'vendor':
      return `vendor ${scope.vendor}`;
    default:
      return scope satisfies never;
  }
}

function scopesOf({ charge, orderId, subscriptionId, customerId }: Place): string[] {
  const productKey = charge === null ? null : productKeyOf(charge);
  return [
    ...(charge === null ? [] : [`charge ${charge.key}`]),
    `order ${orderId}`,
    ...(subscriptionId === null
      ? []
      : [
          ...(productKey === null ? [] : [`subscription ${subscriptionId} ${productKey}`]),
          `subscription ${subscriptionId} `,
        ]),
    ...(productKey === null ? [] : [`customer-product ${customerId} ${productKey}`]),
    `customer ${customerId}`,
    ...(productKey === null ? [] : [`product ${productKey}`]),
  ];
}
