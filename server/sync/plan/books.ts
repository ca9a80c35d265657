import type { Edit } from '../../domain/decision.ts';
import type { Item, Reference } from '../../domain/item.ts';
import type { ProductMapping } from '../../domain/mapping.ts';
import type { ExplanationStep } from '../../domain/plan.ts';
import type { FeeKind } from '../../domain/product.ts';
import type { Settings } from '../../domain/settings.ts';

interface BooksOptions {
  edit: Edit;
  mapping: ProductMapping | null;
  item: Item | null;
  fee: FeeKind;
  settings: Pick<
    Settings,
    'accountCode' | 'accountCodeRecurring' | 'accountCodeOneOff' | 'taxType'
  >;
  reference: Reference | null;
}
export interface Books {
  accountCode: string | null;
  taxType: string | null;
  steps: ExplanationStep[];
}

/** Where a line is booked and how it is taxed: the first rule of each list that has an answer. */
export function booksOf({ edit, mapping, item, fee, settings, reference }: BooksOptions): Books {
  const oneOff =
    fee === 'recurring' || fee === 'overuse'
      ? settings.accountCodeRecurring
      : settings.accountCodeOneOff;
  const account = firstOf([
    ['decision', edit.accountCode ?? null],
    ['product', mapping?.accountCode ?? null],
    ['item', item?.accountCode ?? null],
    ['kind', oneOff],
    ['default', settings.accountCode],
  ]);
  const accountTax =
    reference?.accounts.find(({ code }) => code === account?.value)?.taxType ?? null;
  const tax = firstOf([
    ['decision', edit.taxType ?? null],
    ['item', mapping?.taxType ?? item?.taxType ?? null],
    ['account', accountTax],
    ['default', settings.taxType],
  ]);
  return {
    accountCode: account?.value ?? null,
    taxType: tax?.value ?? null,
    steps: [
      { step: 'account', rule: account?.rule ?? 'none', code: account?.value ?? null },
      { step: 'tax', rule: tax?.rule ?? 'system', type: tax?.value ?? null },
    ],
  };
}

function firstOf<Rule extends string>(
  candidates: readonly (readonly [Rule, string | null])[],
): { rule: Rule; value: string } | null {
  for (const [rule, value] of candidates) if (value !== null) return { rule, value };
  return null;
}
