import { todayIn } from '../dates.ts';
import type { SalesDocument } from '../state.ts';
import type { Work } from './work.ts';

/** A document as Xero fills it in where nothing is sent: a draft of today, in the base currency. */
export function blankDocument(work: Work, kind: SalesDocument['kind']): SalesDocument {
  const { organisation, world } = work;
  return {
    kind,
    id: world.guid(),
    number: '',
    contactId: '',
    status: 'DRAFT',
    date: todayIn(organisation.timezone, world.nowMs()),
    dueDate: undefined,
    lineAmountTypes: 'Exclusive',
    lines: [],
    subTotal: 0n,
    totalTax: 0n,
    total: 0n,
    totalDiscount: 0n,
    currencyCode: organisation.baseCurrency,
    currencyRate: '1.0000000000',
    reference: '',
    brandingThemeId: undefined,
    url: undefined,
    sentToContact: false,
    repeatingInvoiceId: undefined,
    clientId: work.clientId,
    fullyPaidOn: undefined,
    approvedMs: undefined,
    createdMs: world.nowMs(),
    updatedMs: world.nowMs(),
    attachments: [],
    history: [],
  };
}
