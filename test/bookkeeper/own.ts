import type { Books } from './books.ts';
import type { Charge } from './charge.ts';
import { exact, isZero, times, toCoins } from './exact.ts';
import { never, type Verdict, waits } from './verdict.ts';

/** A line a reseller bills a customer beside the marketplace, as they typed it. */
export interface BookOwnCharge {
  number: string;
  customer: string;
  currency: string;
  /** Null is once. */
  everyMonths: number | null;
  from: string;
  until: string | null;
  pauses: readonly { from: string; until: string | null }[];
  /** The price of a period is the last that was valid on its first day. */
  terms: readonly { from: string; description: string; quantity: string; unitPrice: string }[];
}

/** One charge for every period that has begun, whether it is billed or not and why. */
export function ownCharges(books: Books): { charge: Charge; verdict: Verdict }[] {
  return (books.own ?? []).flatMap((own) =>
    startsOf(own, books.today).map((start) => {
      const charge = chargeOn(own, start, books);
      return { charge, verdict: verdictOn(own, charge, start, books) };
    }),
  );
}

function startsOf({ from, everyMonths }: BookOwnCharge, today: string): string[] {
  if (everyMonths === null) return from <= today ? [from] : [];
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const starts: string[] = [];
  for (let step = 0; ; step += everyMonths) {
    // Day 0 of the month after is the last day of the month meant.
    const last = new Date(Date.UTC(year, month + step, 0)).getUTCDate();
    const start = new Date(Date.UTC(year, month - 1 + step, Math.min(day, last)));
    const text = start.toISOString().slice(0, 10);
    if (text > today) return starts;
    starts.push(text);
  }
}

function chargeOn(own: BookOwnCharge, start: string, books: Books): Charge {
  const terms = own.terms.filter(({ from }) => from <= start).at(-1) ?? own.terms[0];
  if (terms === undefined) throw new Error(`${own.number} has no terms`);
  return {
    order: own.everyMonths === null ? own.number : `${own.number}/${start}`,
    name: `own: ${terms.description}`,
    detail: 'own',
    customer: own.customer,
    contact: books.customers[own.customer]?.contact ?? null,
    subscription: null,
    product: '',
    words: [terms.description],
    start: own.everyMonths === null ? null : start,
    purchaseOrder: null,
    currency: own.currency,
    amount: toCoins(times(exact(terms.quantity), exact(terms.unitPrice)), own.currency),
  };
}

function verdictOn(own: BookOwnCharge, charge: Charge, start: string, books: Books): Verdict {
  const customer = books.customers[own.customer];
  const from = customer?.billFrom ?? books.billFrom;
  const isPaused = own.pauses.some(
    (pause) => start >= pause.from && (pause.until === null || start < pause.until),
  );
  if (isPaused) return never('paused');
  if (own.until !== null && start >= own.until) return never('ended');
  if (customer?.bills === false) return never('another connection bills this customer');
  if (from === null) return waits('no bill from');
  if (start < from) return never('before bill from');
  if (customer === undefined) return waits('the customer is not mapped');
  if (books.confirmed?.includes(charge.order) === false) return waits('not confirmed');
  return isZero(charge.amount) && books.settings.zeroLines === 'leave-out'
    ? never('nothing to pay')
    : { bill: true };
}
