import * as v from 'valibot';
import type { Found } from '../../sync/look/look-at.ts';
import { findingKinds } from '../../sync/look/looked.ts';
import type { FoundView } from '../views/look.ts';

const text = v.pipe(v.string(), v.maxLength(200));
export const lookFilter = v.strictObject({
  page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))),
  show: v.optional(v.picklist(['all', 'answered', ...findingKinds])),
  customerId: v.optional(text),
  currency: v.optional(text),
});
export type LookQuery = v.InferOutput<typeof lookFilter>;

/** The columns of the file; its words stay the same in every language. */
export const fileHead = [
  'Kind',
  'Reason',
  'Customer',
  'Product',
  'A month',
  'Currency',
  'Quantity here',
  'Price here',
  'A month here',
  'Quantity there',
  'Price there',
  'A month there',
  'Line there',
  'Invoice',
  'Date',
  'Cost a month',
  'Since',
  'Answer',
];

/** What is not answered, but for exact matches, which nobody has to look at; or what was asked for. */
export const chosenBy = (
  found: readonly Found[],
  { show = 'all', customerId, currency }: LookQuery,
): Found[] =>
  found.filter(
    (one) =>
      (show === 'answered') === (one.answer !== null) &&
      (show === 'all' ? one.kind !== 'exact' : show === 'answered' || isShown(one, show)) &&
      (customerId === undefined || one.customerId === customerId) &&
      (currency === undefined || one.currency === currency),
  );

const isShown = ({ kind, belowCost }: Found, show: NonNullable<LookQuery['show']>): boolean =>
  kind === show || (show === 'below-cost' && belowCost);

export const fileRow = (found: FoundView): (string | null)[] => {
  const { here, there, monthly } = found;
  return [
    found.kind,
    found.reason,
    found.customerName,
    found.name,
    monthly.amount,
    monthly.currency,
    here?.quantity ?? null,
    here?.unitPrice ?? null,
    here?.monthly?.amount ?? null,
    there?.quantity ?? null,
    there?.unitPrice ?? null,
    there?.monthly?.amount ?? null,
    there?.text ?? null,
    there?.number ?? null,
    there?.date ?? null,
    found.cost?.amount ?? null,
    found.since,
    found.answer,
  ];
};
