import {
  addMonths,
  type CalendarDate,
  firstOfMonth,
  firstOfNextMonth,
} from '../../domain/dates.ts';
import { canonical } from '../../domain/json.ts';
import { type Money, totals } from '../../domain/money.ts';
import { firstDayOf, type Month, monthOf } from '../../domain/month.ts';
import type { Reader } from '../../domain/ports/store.ts';
import {
  compareShadow,
  type HandLine,
  isClean,
  type ShadowRow as Row,
} from '../../domain/shadow.ts';
import { ordersStartId } from '../check/names.ts';
import { billedLines } from '../look/billed-lines.ts';
import { isSameProduct, likenessOf } from '../look/likeness.ts';
import { customersByCompany } from '../look/look-at.ts';
import type { BilledLine } from '../look/looked.ts';
import { pastDocuments } from '../look/past-documents.ts';
import { soldFinder, soldProducts } from '../look/sold.ts';
import { billFromOf } from '../plan/opening.ts';
import type { PlanWorld } from '../plan/world.ts';
import { plannedLines } from './planned-lines.ts';
import { shadowWorld } from './shadow-world.ts';

/** Months that can be compared at most. */
export const shadowMonthsMax = 24;

export type ShadowHand = HandLine & BilledLine;
export type ShadowRow = Row<ShadowHand>;

/** One customer's month on both sides. */
export interface ShadowCustomer {
  customerId: string;
  ours: Money[];
  theirs: Money[];
  difference: Money[];
  counts: Record<ShadowRow['verdict'], number>;
  /** Documents on either side. */
  documents: { ours: number; theirs: number };
  isClean: boolean;
  /** Names what was compared, so that only what a person saw is switched over. */
  seen: string;
}
export interface Shadow {
  rows: ShadowRow[];
  customers: ShadowCustomer[];
  /** Lines of the reseller's own work. */
  notCompared: ShadowHand[];
}

/**
 * A month as automatic billing would have made it, beside what people billed by hand in it, of every
 * customer who is matched and not billed automatically yet. From what is stored alone; no write.
 */
export function shadowOf(reader: Reader, world: PlanWorld, month: Month): Shadow {
  const from = firstDayOf(month);
  const until = firstOfNextMonth(from);
  const customerOf = customersByCompany(reader, world);
  const customerIds = new Set(
    [...customerOf.values()].filter((id) => !isSwitched(world, id, from)),
  );
  const span = { from, until, customerIds };
  const theirs = billedLines(pastDocuments(reader, world.connection.id), from).flatMap(
    (line): ShadowHand[] => {
      const customerId = customerOf.get(line.companyId);
      const isMeant = customerId !== undefined && customerIds.has(customerId) && line.date < until;
      return isMeant ? [{ ...line, customerId }] : [];
    },
  );
  const { rows, notCompared } = compareShadow<ShadowHand>({
    ours: plannedLines(shadowWorld(reader, world, span), span),
    theirs,
    likeness: (line, product) => (isSameProduct(line, product) ? likenessOf(line, product) : 0),
    isSold: soldFinder(soldProducts(reader, world)),
  });
  const ids = [...new Set(rows.map(({ customerId }) => customerId))].sort();
  return {
    rows,
    notCompared,
    customers: ids.map((id) => customerIn(world, month, id, rows)),
  };
}

/** The months whose orders were all read, the newest first; the present one always. */
export function shadowMonths(reader: Reader, { today }: Pick<PlanWorld, 'today'>): Month[] {
  const start = reader.get('cursor', ordersStartId)?.position.slice(0, 10) ?? today;
  const months = [monthOf(today)];
  let first = addMonths(firstOfMonth(today), -1);
  for (; first >= start && months.length < shadowMonthsMax; first = addMonths(first, -1))
    months.push(monthOf(first));
  return months;
}

/** Billed automatically already when the month began: there is nothing left to compare. */
function isSwitched(world: PlanWorld, customerId: string, from: CalendarDate): boolean {
  const billFrom = billFromOf(world, customerId);
  const isOn = world.customerMapping(customerId)?.automatic === true;
  return isOn && billFrom !== null && billFrom <= from;
}

function customerIn(
  { crypto }: PlanWorld,
  month: Month,
  customerId: string,
  all: readonly ShadowRow[],
): ShadowCustomer {
  const rows = all.filter((row) => row.customerId === customerId);
  const count = (verdict: ShadowRow['verdict']): number =>
    rows.filter((row) => row.verdict === verdict).length;
  const figures = rows.map(({ verdict, name, oursAmount, theirsAmount }) => ({
    verdict,
    name,
    oursAmount,
    theirsAmount,
  }));
  return {
    customerId,
    ours: totals(rows.map(({ oursAmount }) => oursAmount)),
    theirs: totals(rows.map(({ theirsAmount }) => theirsAmount)),
    difference: totals(rows.map(({ difference }) => difference)),
    counts: {
      same: count('same'),
      differs: count('differs'),
      'only-ours': count('only-ours'),
      'only-theirs': count('only-theirs'),
      asks: count('asks'),
    },
    documents: {
      ours: new Set(rows.flatMap(({ ours }) => ours.map(({ document }) => document))).size,
      theirs: new Set(rows.flatMap(({ theirs }) => theirs.map(({ documentId }) => documentId)))
        .size,
    },
    isClean: isClean(rows),
    seen: crypto.hash(canonical({ month, customerId, figures })).slice(0, 32),
  };
}
