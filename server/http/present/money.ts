import { amountText, type Money, totals } from '../../domain/money.ts';
import type { Actor } from '../../domain/tenant.ts';
import type { MoneyView } from '../views/common.ts';

export const moneyView = (money: Money): MoneyView => ({
  amount: amountText(money),
  currency: money.currency,
});
export const totalsView = (amounts: readonly Money[]): MoneyView[] =>
  totals(amounts).map(moneyView);

/** How people are named on the screens; the app itself is one of them. */
export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return actor.name;
    case 'app':
      return 'Ledgerport';
    case 'marketplace':
      return 'Marketplace';
    default:
      return actor satisfies never;
  }
}
