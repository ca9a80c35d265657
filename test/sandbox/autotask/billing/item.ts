import { dateOf } from '../../calendar.ts';
import { type Decimal, decimalText, plus } from '../../decimal.ts';
import { NumberText } from '../../json.ts';
import { dateValue, plainRow, type Row, textOf, type Value, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { internalOf } from './currency.ts';
import { taxOf } from './tax.ts';

export interface NewItem {
  contract: Row;
  type: number;
  name: string;
  description: string;
  date: string;
  quantity: string;
  rate: string;
  amount: Decimal;
  cost: Decimal;
  billingCodeId: number | undefined;
  more: Record<string, Value>;
}

/** One approved and posted billing item; its `invoiceID` is 0 until it is invoiced (help: BillingItems). */
export function addItem(world: World, actor: string, item: NewItem): Row {
  const { contract, amount } = item;
  const companyId = wholeOf(contract, 'billToCompanyID') ?? wholeOf(contract, 'companyID') ?? 0;
  const tax = taxOf(world, { companyId, billingCodeId: item.billingCodeId, amount });
  const number = (value: Decimal) => new NumberText(decimalText(value));
  const row = world.tables.add('BillingItems', {
    values: {
      billingItemType: item.type,
      companyID: companyId,
      contractID: contract.id,
      itemName: item.name,
      description: item.description,
      lineItemFullDescription: item.description,
      lineItemGroupDescription: textOf(contract, 'contractName'),
      itemDate: dateValue(item.date),
      postedDate: dateValue(dateOf(world.nowMs())),
      quantity: new NumberText(item.quantity),
      rate: new NumberText(item.rate),
      extendedPrice: number(amount),
      totalAmount: number(plus(amount, tax)),
      taxDollars: number(tax),
      ourCost: number(item.cost),
      internalCurrencyRate: new NumberText(item.rate),
      internalCurrencyExtendedPrice: internalOf(world, contract, amount),
      internalCurrencyTaxDollars: internalOf(world, contract, tax),
      internalCurrencyTotalAmount: internalOf(world, contract, plus(amount, tax)),
      billingCodeID: item.billingCodeId ?? null,
      purchaseOrderNumber: contract.values.purchaseOrderNumber ?? null,
      nonBillable: 0,
      invoiceID: 0,
      webServiceDate: null,
      ...item.more,
    },
    udfs: {},
  });
  world.record({
    kind: 'billingItem.created',
    actor,
    data: { entity: 'BillingItems', row: plainRow(row) },
  });
  return row;
}
