import type { CalendarDate } from '../../domain/dates.ts';
import { isZero } from '../../domain/decimal.ts';
import type { Document, DocumentLine } from '../../domain/document.ts';
import type { BilledLine } from './looked.ts';

/** The lines of invoices since the day that a person wrote: none of ours, none of what is void. */
export const billedLines = (documents: readonly Document[], from: CalendarDate): BilledLine[] =>
  documents.flatMap((document) => {
    const { id: documentId, number, url, date, companyId, currency, state, kind } = document;
    const isGone = state === 'voided' || state === 'deleted';
    if (kind !== 'invoice' || isGone || date === null || date < from) return [];
    return document.lines.filter(isByHand).map((line) => ({
      documentId,
      documentKind: kind,
      lineId: line.id,
      number,
      url,
      date,
      companyId,
      currency,
      description: line.description,
      itemCode: line.itemCode,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      amount: netOf(document, line),
    }));
  });

/** A line of text alone has no figures. */
const isByHand = ({ marker, quantity }: DocumentLine): boolean =>
  marker === null && !isZero(quantity);

const netOf = ({ taxBasis }: Document, { amount, tax }: DocumentLine): DocumentLine['amount'] =>
  taxBasis === 'inclusive' && tax !== null
    ? { ...amount, amountMinor: amount.amountMinor - tax.amountMinor }
    : amount;
