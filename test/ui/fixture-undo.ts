import type { CorrectionPreviewView, UndoPreviewView } from '../../server/http/views/undo.ts';
import { euro } from './fixture-data.ts';
import { plan } from './fixture-plans.ts';

/** What taking back does, and a correction of the same lines. */
export const undo: UndoPreviewView = {
  documents: [
    {
      documentId: 'd7',
      number: 'INV-0131',
      url: 'https://go.example/INV-0131',
      customerName: 'Brightwater Logistics',
      lines: 2,
      amount: euro('1782.93'),
      how: 'remove-lines',
      dated: null,
      stays: null,
    },
    {
      documentId: 'd8',
      number: 'INV-0123',
      url: 'https://go.example/INV-0123',
      customerName: 'Delft Robotics',
      lines: 1,
      amount: euro('165.00'),
      how: 'credit-note',
      dated: '2026-11-23',
      stays: null,
    },
  ],
  kept: [
    {
      documentId: 'd9',
      number: 'INV-0118',
      url: 'https://go.example/INV-0118',
      customerName: 'Studio Kanaal',
      lines: 1,
      amount: euro('96.00'),
      why: 'gone',
    },
  ],
  totals: [euro('1947.93')],
  mapsBack: { name: 'Delft Robotics', target: 'Delft Robotics Holding' },
  seen: 's1',
};
export const correction: CorrectionPreviewView = {
  takes: undo,
  plans: [plan],
  totals: [euro('1947.93')],
  was: 'Delft Robotics Holding',
  is: 'Delft Robotics',
  seen: 's2',
};
