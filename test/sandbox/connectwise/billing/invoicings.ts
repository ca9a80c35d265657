import type { Decimal } from '../../decimal.ts';

/** A billing period of an agreement; both days are in it. */
export interface Period {
  start: string;
  end: string;
  days: number;
}

/** One line of an agreement invoice. */
export interface InvoiceLine {
  agreementId: number;
  /** The addition it bills; none for the agreement's own amount. */
  additionId: number | undefined;
  description: string;
  period: Period;
  /** Days of the period that it bills; negative where it takes some back. */
  days: number;
  quantity: Decimal;
  unitPrice: Decimal;
  amount: Decimal;
  tax: Decimal;
}

export interface Invoiced {
  invoiceId: number;
  /** The agreement that was invoiced: the parent, where additions of children are on it too. */
  agreementId: number;
  period: Period;
  lines: readonly InvoiceLine[];
}

/** What agreement invoicing has done; no record of the API holds it. */
export interface Invoicings {
  add(invoiced: Invoiced): void;
  drop(invoiceId: number): void;
  /** The invoicings of one agreement, oldest first. */
  of(agreementId: number): readonly Invoiced[];
  linesOf(invoiceId: number): readonly InvoiceLine[];
  linesFor(additionId: number): readonly InvoiceLine[];
}

export function createInvoicings(): Invoicings {
  let all: Invoiced[] = [];
  return {
    add: (invoiced) => {
      all.push(invoiced);
    },
    drop: (invoiceId) => {
      all = all.filter((one) => one.invoiceId !== invoiceId);
    },
    of: (agreementId) => all.filter((one) => one.agreementId === agreementId),
    linesOf: (invoiceId) => all.find((one) => one.invoiceId === invoiceId)?.lines ?? [],
    linesFor: (additionId) =>
      all.flatMap(({ lines }) => lines.filter((line) => line.additionId === additionId)),
  };
}
