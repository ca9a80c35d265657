import { type Decimal, decimal, decimalText, rounded, times } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import { internalOf } from '../billing/currency.ts';
import { amountOf, flagOf, momentValue, type Row, type Value, wholeOf } from '../row.ts';
import { DELIVERED, MATERIAL_CODE, PREPAID_TYPES } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import { codeErrors } from './billing-code.ts';
import type { Rules } from './work.ts';

type Values = Record<string, Value>;

/** "Autotask stores billable amounts using 4 decimal places" (help: Contracts & billing system settings). */
export const STORED_PLACES = 4;
const ZERO = new NumberText('0');

/** One-off amounts of a contract (help: ContractCharges, conditions and requirements; special field attributes). */
export const chargeRules: Rules = {
  create: (work, { values }) => {
    const { world } = work;
    const errors = chargeErrors(world, values);
    if (errors.length > 0) return errors;
    fill(world, values, {});
    values.isBilled = false;
    values.isBillableToCompany ??= true;
    values.status = DELIVERED;
    values.createDate = momentValue(world.nowMs());
    values.creatorResourceID = work.resourceId;
    return [];
  },
  change: ({ world }, { row, values, changed }) => {
    const errors = [...billedErrors(row, 'changed'), ...chargeErrors(world, values)];
    if (errors.length === 0) fill(world, values, changed);
    return errors;
  },
  remove: (_work, row) => billedErrors(row, 'deleted'),
  derive: (world, row) => {
    const contract = world.tables.get('Contracts', wholeOf(row, 'contractID'));
    const billable = productOf(row, 'unitPrice');
    return {
      billableAmount: new NumberText(decimalText(billable)),
      extendedCost: new NumberText(decimalText(productOf(row, 'unitCost'))),
      internalCurrencyBillableAmount: contract ? internalOf(world, contract, billable) : null,
      internalCurrencyUnitPrice: contract
        ? internalOf(world, contract, amountOf(row, 'unitPrice') ?? decimal('0'))
        : null,
    };
  },
};

/** "billableAmount = unitQuantity * unitPrice". */
export const billableOf = (charge: Row): Decimal => productOf(charge, 'unitPrice');

export const chargeCostOf = (charge: Row): Decimal => productOf(charge, 'unitCost');

function productOf(row: Row, field: string): Decimal {
  const quantity = amountOf(row, 'unitQuantity') ?? decimal('0');
  return rounded(times(quantity, amountOf(row, field) ?? decimal('0')), STORED_PLACES);
}

/** "Update and delete are allowed only when isBilled = false": approved and posted is billed. */
function billedErrors(row: Row, verb: string): string[] {
  return flagOf(row, 'isBilled')
    ? [`The contract charge cannot be ${verb}: it is billed (approved and posted).`]
    : [];
}

function chargeErrors(world: World, values: Values): string[] {
  const { tables } = world;
  const at = (entity: string, id: Value | undefined): Row | undefined =>
    typeof id === 'number' ? tables.get(entity, id) : undefined;
  const contract = at('Contracts', values.contractID);
  const product = at('Products', values.productID);
  const line = at('ContractServices', values.contractServiceID);
  const errors = codeErrors(world, {
    field: 'billingCodeID',
    id: values.billingCodeID,
    useType: MATERIAL_CODE,
    words: 'Material Cost Code',
  });
  if (!product && typeof values.billingCodeID !== 'number')
    errors.push('A ContractCharge must have either a productID or a billingCodeID.');
  if (product && !flagOf(product, 'isActive')) errors.push('The productID is not active.');
  // Block hour, retainer and incident contracts take their own purchase codes only; this tenant has none of those.
  if (contract && PREPAID_TYPES.includes(wholeOf(contract, 'contractType') ?? 0))
    errors.push('A Block, Retainer or Incident type Contract takes its purchase codes only.');
  if (line && line.values.contractID !== values.contractID)
    errors.push('The contractServiceID must be associated to the contract.');
  if (
    typeof values.contractServiceID === 'number' &&
    typeof values.contractServiceBundleID === 'number'
  )
    errors.push('Only contractServiceID or contractServiceBundleID can be set, not both.');
  return errors;
}

/**
 * "If no billing code ID is supplied but a product ID is, the billingCodeID is the one of the product"; a missing price or cost
 * comes from the Material Cost Code (help: ContractCharges, billableAmount; charge defaults of the UI are not in the API).
 */
function fill(world: World, values: Values, changed: Values): void {
  const { tables } = world;
  const product = tables.get('Products', numberOf(values.productID));
  if (typeof values.billingCodeID !== 'number')
    values.billingCodeID = product?.values.productBillingCodeID ?? null;
  const code = tables.get('BillingCodes', numberOf(values.billingCodeID));
  for (const field of ['unitPrice', 'unitCost'] as const) {
    const isNew = changed.billingCodeID !== undefined && changed[field] === undefined;
    if (isNew || values[field] === null || values[field] === undefined)
      values[field] = code?.values[field] ?? ZERO;
  }
  for (const field of ['unitQuantity', 'unitPrice', 'unitCost'] as const) {
    const value = values[field];
    if (value instanceof NumberText)
      values[field] = new NumberText(decimalText(shortened(decimal(value.text))));
  }
}

const numberOf = (value: Value | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;

const shortened = (value: Decimal): Decimal =>
  value.scale > STORED_PLACES ? rounded(value, STORED_PLACES) : value;
