import { coarser } from '../amounts.ts';
import type { Line, LineAmountTypes, Organisation, SalesDocument } from '../state.ts';

/** SubTotal never has tax in it; Total is SubTotal plus TotalTax (xero_accounting.yaml, Invoice). */
export function totalsOf(lines: readonly Line[], types: LineAmountTypes) {
  const amounts = lines.reduce((sum, line) => sum + line.lineAmount, 0n);
  const totalTax = lines.reduce((sum, line) => sum + line.taxAmount, 0n);
  const subTotal = types === 'Inclusive' ? amounts - totalTax : amounts;
  const totalDiscount = lines.reduce((sum, line) => sum + discountOf(line), 0n);
  return { subTotal, totalTax, total: subTotal + totalTax, totalDiscount };
}

function discountOf(line: Line): bigint {
  if (line.discountRate === undefined && line.discountAmount === undefined) return 0n;
  return coarser((line.quantity ?? 0n) * (line.unitAmount ?? 0n), 8, 2) - line.lineAmount;
}

export const paymentsOf = ({ payments }: Organisation, documentId: string) =>
  [...payments.values()].filter(
    (payment) => payment.documentId === documentId && payment.status === 'AUTHORISED',
  );

export const allocationsOf = ({ allocations }: Organisation, documentId: string) =>
  [...allocations.values()].filter(
    ({ creditNoteId, invoiceId }) => creditNoteId === documentId || invoiceId === documentId,
  );

/** What was paid, credited and is left; AmountDue of an invoice, RemainingCredit of a credit note. */
export function settlementOf(organisation: Organisation, document: SalesDocument) {
  const paid = paymentsOf(organisation, document.id).reduce((sum, { amount }) => sum + amount, 0n);
  const credited = allocationsOf(organisation, document.id).reduce(
    (sum, { amount }) => sum + amount,
    0n,
  );
  const gone = document.status === 'VOIDED' || document.status === 'DELETED';
  return { paid, credited, due: gone ? 0n : document.total - paid - credited };
}

/** Xero itself sets PAID when nothing is due any more, and back. */
export function settle(
  organisation: Organisation,
  document: SalesDocument,
  date: string,
  nowMs: number,
): void {
  document.updatedMs = nowMs;
  if (document.status !== 'AUTHORISED' && document.status !== 'PAID') return;
  const isPaid = settlementOf(organisation, document).due === 0n;
  document.status = isPaid ? 'PAID' : 'AUTHORISED';
  document.fullyPaidOn = isPaid ? date : undefined;
}
