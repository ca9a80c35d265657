import { AppError, retryLater } from '../../domain/errors.ts';
import type { InvoiceFile } from '../../domain/ports/invoices.ts';

/** Larger than any invoice; what is larger is no answer. */
export const pdfBytesMax = 16 * 1024 * 1024;
/** ISO 32000-1, 7.5.2: a header within the first bytes. */
const header = '%PDF-';
const headerWithin = 1_024;

/** The file of an invoice. Throws `system.answer` for anything that is no PDF, such as a page in words. */
export function invoiceFile(bytes: Uint8Array<ArrayBuffer>): InvoiceFile {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, headerWithin));
  if (bytes.byteLength > pdfBytesMax || !start.includes(header))
    throw new AppError('system.answer', { retry: retryLater() });
  return { bytes };
}
