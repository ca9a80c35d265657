import type { DocumentStatus, Organisation, SalesDocument } from '../state.ts';
import { settlementOf } from './totals.ts';

/** What a caller may turn a document into; PAID is set by Xero alone (official status table; xeroizer #48). */
const MAY_BECOME: Record<DocumentStatus, DocumentStatus[]> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: [],
  VOIDED: [],
  DELETED: [],
};
const AT_START: string[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED'];

export function startStatus(sent: string | undefined): DocumentStatus | undefined {
  const status = sent ?? 'DRAFT';
  return isStatus(status) && AT_START.includes(status) ? status : undefined;
}

/**
 * The status after an update, or the words of the refusal. A missing Status on an approved document is read as an
 * illegal change (Xero-Net #339); a document with a payment or credit note cannot be edited (Xero-NetStandard 84).
 */
export function nextStatus(
  organisation: Organisation,
  document: SalesDocument,
  sent: string | undefined,
): { status: DocumentStatus } | { refusal: string } {
  const noun = document.kind === 'invoice' ? 'Invoice' : 'Credit note';
  const wanted = sent ?? (document.status === 'AUTHORISED' ? 'DRAFT' : document.status);
  const { paid, credited } = settlementOf(organisation, document);
  if (
    document.status !== 'VOIDED' &&
    document.status !== 'DELETED' &&
    (paid !== 0n || credited !== 0n)
  )
    return {
      refusal: `${noun} not of valid status for modification This document cannot be edited as it has a payment or credit note allocated to it.`,
    };
  if (!isStatus(wanted) || !MAY_BECOME[document.status].includes(wanted))
    return { refusal: `${noun} not of valid status for modification` };
  return { status: wanted };
}

const isStatus = (text: string): text is DocumentStatus => Object.hasOwn(MAY_BECOME, text);
