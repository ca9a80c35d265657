import { compare, type Decimal } from '../../domain/decimal.ts';
import type { Money } from '../../domain/money.ts';
import { normalizedName } from '../mapping/suggest.ts';

/** What a line written by hand is compared by. */
export interface LineLooks {
  description: string;
  itemCode: string | null;
  quantity: Decimal;
  amount: Money;
}
/** The same of a product that a customer holds; names and amounts may be unknown. */
export interface HeldLooks {
  name: string;
  itemCode: string | null;
  quantity: Decimal;
  amount: Money | null;
}

/** Whether a line is about the product at all: by the item it is mapped to, or by its name. */
export const isSameProduct = (line: LineLooks, held: HeldLooks): boolean =>
  hasItem(line, held) || hasName(line, held);

/** How alike they are: each sign weighs more than all weaker ones together. */
export function likenessOf(line: LineLooks, held: HeldLooks): number {
  const signs = [
    hasItem(line, held),
    hasName(line, held),
    held.amount !== null && line.amount.amountMinor === held.amount.amountMinor,
    compare(line.quantity, held.quantity) === 0,
  ];
  return signs.reduce((sum, holds) => sum * 2 + Number(holds), 0);
}

const hasItem = (line: LineLooks, held: HeldLooks): boolean =>
  held.itemCode !== null && line.itemCode === held.itemCode;

const hasName = (line: LineLooks, held: HeldLooks): boolean =>
  saysName(line.description, held.name);

/** Whether a text contains a name, however both are written. */
export function saysName(text: string, name: string): boolean {
  const wanted = normalizedName(name);
  return wanted !== '' && ` ${normalizedName(text)} `.includes(` ${wanted} `);
}
