import { msDate } from '../dates.ts';
import { money } from '../render/document.ts';
import { allocate, removeAllocation } from '../rules/allocation.ts';
import { writeBatch } from './batch.ts';
import { type Handler, workOf } from './call.ts';
import { notFound } from './errors.ts';
import { findDocument } from './find-document.ts';

/** PUT /CreditNotes/{CreditNoteID}/Allocations: one credit note, several allocations. */
export const putAllocations: Handler = (call) => {
  if (!findDocument(call, 'creditnote')) return notFound();
  return writeBatch(call, {
    collection: 'Allocations',
    idName: 'AllocationID',
    write: (work, element) => {
      const note = findDocument({ ...call, organisation: work.organisation }, 'creditnote');
      if (!note) return { status: 'failed', errors: ['The credit note could not be found'] };
      const outcome = allocate(work, note, element);
      if (outcome.status === 'failed') return outcome;
      const { id, amount, date, invoiceId, creditNoteId } = outcome.value;
      const rendered = {
        AllocationID: id,
        Amount: money(amount),
        Date: msDate(date),
        Invoice: { InvoiceID: invoiceId },
        CreditNote: { CreditNoteID: creditNoteId },
      };
      return { status: 'done', value: { rendered, warnings: [] } };
    },
  });
};

/** DELETE /CreditNotes/{CreditNoteID}/Allocations/{AllocationID} */
export const deleteAllocation: Handler = (call) => {
  const note = findDocument(call, 'creditnote');
  const allocation = call.organisation.allocations.get(call.ids[1]?.toLowerCase() ?? '');
  if (!allocation || allocation.creditNoteId !== note?.id) return notFound();
  removeAllocation(workOf(call), allocation);
  const body = {
    AllocationID: allocation.id,
    Date: msDate(allocation.date),
    Invoice: { InvoiceID: allocation.invoiceId },
    IsDeleted: true,
  };
  return { status: 200, bare: true, body };
};
