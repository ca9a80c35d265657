import { divide, multiply } from '../../domain/decimal.ts';
import { amountText, money } from '../../domain/money.ts';
import type { DraftLine } from './draft-line.ts';
import type { Warning } from './header.ts';
import type { PlanWorld } from './world.ts';

/** Lines are taxed and rounded one by one, so a cent a line may lie between two right answers. */
const toleranceMinorPerLine = 1n;

/**
 * Tax is the system's own; where it will come to something else than the marketplace charged, the
 * plan says so before anything is written. Unknown rates and untold taxes are compared with nothing.
 */
export function taxWarnings(world: PlanWorld, lines: readonly DraftLine[]): Warning[] {
  const rates = new Map(world.reference?.taxRates.map(({ type, rate }) => [type, rate]));
  const currency = lines[0]?.amount.currency;
  if (currency === undefined) return [];
  let theirs = 0n;
  let ours = 0n;
  let compared = 0n;
  for (const { charge, content, amount } of lines) {
    const rate = content.taxType === null ? undefined : rates.get(content.taxType);
    if (charge.tax === null || rate === undefined) continue;
    compared += 1n;
    ours += money(multiply(amountText(amount), divide(rate, '100', 6)), currency).amountMinor;
    theirs +=
      amount.amountMinor < 0n === charge.tax.amountMinor < 0n
        ? charge.tax.amountMinor
        : -charge.tax.amountMinor;
  }
  const apart = ours > theirs ? ours - theirs : theirs - ours;
  if (apart <= compared * toleranceMinorPerLine) return [];
  return [
    {
      code: 'tax-differs',
      facts: {
        theirs: amountText({ amountMinor: ours, currency }),
        marketplace: amountText({ amountMinor: theirs, currency }),
        currency,
      },
    },
  ];
}

/** Whether amounts on a line are without or with tax: the setting, else as the organisation does. */
export const taxBasisOf = (world: PlanWorld): 'exclusive' | 'inclusive' | 'none' =>
  world.settings.taxBasis === 'organisation'
    ? world.connection.account.taxBasis
    : world.settings.taxBasis;
