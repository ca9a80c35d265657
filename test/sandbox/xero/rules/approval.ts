import { longDate } from '../dates.ts';
import type { DocumentStatus, SalesDocument } from '../state.ts';
import { approvalsLeft, lockDateOf, type Work } from './work.ts';

/** Dated in a locked period: refused, whatever the status. */
export function lockErrors(work: Work, dates: string[]): string[] {
  const lock = lockDateOf(work);
  if (lock === undefined || dates.every((date) => date > lock)) return [];
  return [
    `The document date cannot be before the period lock date, currently set to ${longDate(lock)}`,
  ];
}

/** What a draft may lack and a document for approval must have. */
export function approvalErrors(
  work: Work,
  document: SalesDocument,
  status: DocumentStatus,
): string[] {
  const errors: string[] = [];
  // Whether a draft with a negative total is accepted is not documented; the sandbox takes the stricter reading.
  if (document.total < 0n) errors.push('The total of the document cannot be negative');
  if (status !== 'SUBMITTED' && status !== 'AUTHORISED') return errors;
  if (document.kind === 'invoice' && document.dueDate === undefined)
    errors.push('Due Date cannot be empty');
  if (status !== 'AUTHORISED') return errors;
  const hasAmount = document.lines.filter(({ unitAmount }) => unitAmount !== undefined);
  if (hasAmount.some(({ accountCode }) => accountCode === undefined))
    errors.push('Account code must be specified.');
  if (document.lines.some(({ description }) => (description ?? '') === ''))
    errors.push('Description must be specified on every line item of an approved document.');
  if (document.kind === 'invoice' && approvalsLeft(work) <= 0)
    errors.push(
      'You have reached the limit of invoices you can approve this month. Upgrade your plan to approve more.',
    );
  return errors;
}
