import * as v from 'valibot';
import { type BilledLine, type BillLetter, billChanges } from '../../domain/bill.ts';
import {
  addDays,
  addMonths,
  type CalendarDate,
  date,
  dateAt,
  type Instant,
  millisecondsOf,
} from '../../domain/dates.ts';
import { letterDayMax, letterWindowDays } from '../../domain/letter.ts';
import { mailAddressSchema } from '../../domain/mail.ts';
import { opposite, totals } from '../../domain/money.ts';
import { firstDayOf, type Month, monthOf } from '../../domain/month.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { PlanWorld } from '../plan/world.ts';

/** The month a letter of today is about: the last one that is over. */
export const letterMonth = (today: CalendarDate): Month => monthOf(addMonths(today, -1));

/** The day of this month on which letters leave, while they may; null before it, and when it is past. */
export function dueDay(today: CalendarDate, day: number): CalendarDate | null {
  const number = String(Math.min(day, letterDayMax)).padStart(2, '0');
  const due = date(`${today.slice(0, 8)}${number}`);
  return today < due || today > addDays(due, letterWindowDays) ? null : due;
}

/** Where the system has it: the contact's own address, and nothing that is none. */
export function addressOf(world: PlanWorld, customerId: string): string | null {
  const companyId = world.customerMapping(customerId)?.targetId ?? null;
  const company = companyId === null ? null : world.company(companyId);
  if (company === null || company.archived) return null;
  const parsed = v.safeParse(mailAddressSchema, company.email?.trim() ?? '');
  return parsed.success ? parsed.output : null;
}

/** Every customer's letter about a month, of those with a bill in it or in the one before. */
export function billLetters(reader: Reader, world: PlanWorld, month: Month): BillLetter[] {
  const last = monthOf(addMonths(firstDayOf(month), -1));
  const billed = billedLines(reader, world, new Set([month, last]));
  const customers = new Set([...billed.keys()].map((key) => key.slice(month.length + 1)));
  return [...customers].map((customerId) => {
    const [is, was] = [month, last].map((one) => billed.get(`${one} ${customerId}`) ?? []);
    return {
      customerId,
      customerName: world.customer(customerId)?.name ?? customerId,
      month,
      changes: billChanges(was ?? [], is ?? []),
      total: totals((is ?? []).map(({ amount }) => amount)),
      before: totals((was ?? []).map(({ amount }) => amount)),
    };
  });
}

const told: ReadonlySet<string> = new Set(['approved', 'paid']);

/** What stands on approved documents, by month and customer: a draft is nobody's bill yet. */
function billedLines(
  reader: Reader,
  world: PlanWorld,
  months: ReadonlySet<Month>,
): Map<string, BilledLine[]> {
  const lines = new Map<string, BilledLine[]>();
  for (const link of reader.list('link')) {
    if (link.connectionId !== world.connection.id || link.state !== 'live') continue;
    const document = world.snapshot(link.documentId)?.document;
    if (document === undefined || document.date === null || !told.has(document.state)) continue;
    const month = monthOf(document.date);
    if (!months.has(month)) continue;
    const product = link.productKey === null ? null : world.product(link.productKey);
    const charge = world.order(link.orderId)?.charges.find(({ key }) => key === link.chargeKey);
    const own = `${month} ${link.customerId}`;
    lines.set(own, [
      ...(lines.get(own) ?? []),
      {
        key: `${link.subscriptionId ?? ''} ${link.productKey ?? link.chargeKey} ${charge?.class ?? ''}`,
        name: product?.name ?? charge?.description ?? '',
        quantity: link.quantity,
        unitPrice: link.unitPrice,
        amount: link.documentKind === 'creditNote' ? opposite(link.amount) : link.amount,
      },
    ]);
  }
  return lines;
}

/** The calendar day of a moment in the connection's time zone. */
export const dayOf = (world: PlanWorld, at: Instant): CalendarDate =>
  dateAt(millisecondsOf(at), world.connection.account.timeZone);
