import type { CalendarDate } from '../../domain/dates.ts';
import { type Decimal, isZero, multiply } from '../../domain/decimal.ts';
import { type Document, type DocumentLine, isStanding } from '../../domain/document.ts';
import { money } from '../../domain/money.ts';
import type { BilledLine } from './looked.ts';

/**
 * The lines that a person wrote on documents which stay open, as they stand today: none of ours, none of
 * what is billed once, none that has ended.
 */
export const openLines = (
  documents: readonly Document[],
  { today, itemCode }: { today: CalendarDate; itemCode(itemId: string): string | null },
): BilledLine[] =>
  documents.flatMap((document) => {
    const { id: documentId, kind, number, url, companyId, currency, state, billing } = document;
    if (!isStanding(kind) || state !== 'running') return [];
    return document.lines.flatMap((line): BilledLine[] => {
      const { quantity, unitPrice } = standing(line, today);
      const isByHand = line.marker === null && line.billed === undefined;
      if (!isByHand || isZero(quantity)) return [];
      const isLast = quantity === line.quantity && unitPrice === line.unitPrice;
      return [
        {
          documentId,
          documentKind: kind,
          lineId: line.id,
          number,
          url,
          date: today,
          open: { every: billing?.cycle ?? null, ends: isZero(line.quantity) },
          companyId,
          currency,
          description: line.description,
          itemCode: line.itemCode ?? (line.itemId == null ? null : itemCode(line.itemId)),
          quantity,
          unitPrice,
          // Only the last figures come with what the system makes of them, such as units included.
          amount: isLast ? line.amount : money(multiply(quantity, unitPrice), currency),
        },
      ];
    });
  });

/** A line's figures of a day; those it begins with where that is still to come. */
function standing(
  { history = [], quantity, unitPrice }: DocumentLine,
  day: CalendarDate,
): { quantity: Decimal; unitPrice: Decimal } {
  const step = history.findLast(({ from }) => from <= day) ?? history[0];
  return step === undefined
    ? { quantity, unitPrice }
    : { quantity: step.quantity, unitPrice: step.unitPrice ?? unitPrice };
}
