import { momentValue, textOf, type Value } from '../row.ts';
import type { World } from '../world.ts';
import { type FieldError, missing, type Rules, type Work } from './work.ts';

/** "At least one address field is required" (description of addressLine1 and its neighbours). */
const ADDRESS = ['addressLine1', 'addressLine2', 'city', 'state', 'zip', 'country'] as const;

export const companyRules: Rules = {
  create: ({ world }, { values }) => {
    values.status ??= defaultOf(world, 'CompanyStatus');
    values.types ??= [];
    values.currency ??= defaultCurrency(world);
    values.taxCode ??= defaultOf(world, 'TaxCode');
    values.billingTerms ??= defaultOf(world, 'BillingTerm');
    return [...addressErrors(values), ...identifierErrors(world, values, undefined)];
  },
  change: (work, { values, row, changed }) => {
    if ('deletedFlag' in changed) markDeleted(work, values);
    return [...addressErrors(values), ...identifierErrors(work.world, values, row.id)];
  },
};

function markDeleted({ world, memberId }: Work, values: Record<string, Value>): void {
  const isDeleted = values.deletedFlag === true;
  const member = world.tables.get('Member', memberId);
  values.dateDeleted = isDeleted ? momentValue(world.nowMs()) : null;
  values.deletedBy = isDeleted && member ? textOf(member, 'identifier') : null;
}

function addressErrors(values: Record<string, Value>): FieldError[] {
  return ADDRESS.some((name) => values[name]) ? [] : [missing('addressLine1')];
}

function identifierErrors(
  { tables }: World,
  { identifier }: Record<string, Value>,
  ownId: number | undefined,
): FieldError[] {
  const wanted = String(identifier).toLowerCase();
  const taken = tables
    .all('Company')
    .some((row) => row.id !== ownId && textOf(row, 'identifier').toLowerCase() === wanted);
  return taken
    ? [
        {
          code: 'Duplicate',
          message: 'The identifier is already in use.',
          field: 'identifier',
        },
      ]
    : [];
}

/** The record of a table that this tenant has marked as its default. */
export const defaultOf = ({ tables }: World, record: string): number | null =>
  tables.all(record).find(({ values }) => values.defaultFlag === true)?.id ?? null;

/** Currencies carry no mark: the first one is the tenant's own. */
export const defaultCurrency = ({ tables }: World): number | null =>
  tables.all('FinanceCurrency')[0]?.id ?? null;
