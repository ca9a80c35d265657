import type { LettersView } from '../../server/http/views/letters.ts';

const preview = {
  subject: 'What changed on your bill: October 2026, Northwind Cloud',
  text: 'What changed on your bill: October 2026\n\n- Mail Guard: 41 instead of 38: €123.00\n',
};

/** One that went out, one whose answer was lost, and one without an address. */
export const letters: LettersView = {
  rows: [
    {
      customerId: 'c5',
      customerName: 'Brightwater Logistics',
      to: 'accounts@brightwater.example',
      state: 'on',
      changes: 2,
      preview,
      letter: {
        month: '2026-10',
        to: 'accounts@brightwater.example',
        state: 'sent',
        at: '2026-11-05T06:00:00Z',
        failure: null,
      },
    },
    {
      customerId: 'c7',
      customerName: 'Studio Kanaal',
      to: 'hallo@studiokanaal.example',
      state: 'on',
      changes: 1,
      preview,
      letter: {
        month: '2026-10',
        to: 'hallo@studiokanaal.example',
        state: 'unclear',
        at: '2026-11-05T06:00:20Z',
        failure: null,
      },
    },
    {
      customerId: 'c8',
      customerName: 'Café Lumière',
      to: null,
      state: 'off',
      changes: 0,
      preview,
      letter: null,
    },
  ],
  total: 3,
  next: null,
  counts: {},
  configured: true,
  day: 5,
  month: '2026-10',
  replyTo: 'office@northwind.example',
};
