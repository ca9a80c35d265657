import type { Api } from '../../server/http/contract.ts';
import { euro } from './fixture-data.ts';

type WhatIfView = Api['POST /v1/connections/:connectionId/what-if/preview']['reply'];

/** A change that moves one customer's lines to documents of their own. */
export const foreseen = (): WhatIfView => {
  const paper = (amount: string, lines: number) => ({
    kind: 'invoice' as const,
    date: '2026-11-03',
    postAs: 'draft',
    lines,
    amount: euro(amount),
  });
  const row = {
    customerName: 'Brightwater Logistics',
    before: [paper('1782.93', 3)],
    after: [paper('1600.00', 1), paper('220.93', 2)],
    lineCount: 2,
    lines: [
      {
        text: 'Acronis Cyber Protect',
        orderNumber: 'SO-10425',
        field: 'amount' as const,
        was: '182.93',
        is: '220.93',
        currency: 'EUR',
      },
      {
        text: 'Acronis Cyber Protect',
        orderNumber: 'SO-10425',
        field: 'document' as const,
        was: 'invoice running 3',
        is: 'invoice order 2',
        currency: null,
      },
    ],
  };
  return {
    months: [
      { month: '2026-10', orders: 31, changed: 0, rows: [] },
      { month: '2026-11', orders: 38, changed: 1, rows: [row] },
    ],
    ready: { orders: 12, changed: 0, rows: [] },
    more: [euro('38.00')],
  };
};
