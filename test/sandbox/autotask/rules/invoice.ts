import { keepOnly } from './billing-item.ts';
import type { Rules } from './work.ts';

/**
 * `invoiceNumber`, `paidDate` and `webServiceDate` alone can be written; there is no payment and no part of one
 * (help: Invoices).
 */
export const invoiceRules: Rules = {
  change: (_work, changing) => {
    keepOnly(changing, ['invoiceNumber', 'paidDate', 'webServiceDate']);
    return [];
  },
};
