import type { LeaverView } from '../../server/http/views/leaving.ts';
import { euro } from './fixture-data.ts';

/** One who was closed with everything still open, and one whose subscriptions end by themselves. */
export const leavers: LeaverView[] = [
  {
    customerId: 'c7',
    name: 'Studio Kanaal',
    why: 'closed',
    lastDay: '2026-11-12',
    until: '2027-02-10',
    ending: [],
    orders: { total: 2, asking: 1, taskIds: ['t5', 't6'], money: [euro('96.00')] },
    drafts: [
      {
        documentId: 'd9',
        number: 'INV-0118',
        url: 'https://go.example/INV-0118',
        total: euro('240.00'),
      },
    ],
    byUse: true,
    own: [{ number: 'OC-7', text: 'Managed support', next: '2026-12-01' }],
    archived: true,
  },
  {
    customerId: 'c8',
    name: 'Café Lumière',
    why: 'ending',
    lastDay: '2026-12-31',
    until: '2027-03-31',
    ending: [{ id: 's1', name: 'Mail Guard, one year', on: '2026-12-31' }],
    orders: { total: 0, asking: 0, taskIds: [], money: [] },
    drafts: [],
    byUse: false,
    own: [],
    archived: false,
  },
];
