import type { PeopleView } from '../../server/http/views/people.ts';
import type { RunView } from '../../server/http/views/runs.ts';
import { euro } from './fixture-data.ts';
import { run } from './fixture-plans.ts';

/** Two people, one of them with the right, and a run that one prepared for the other. */
export const people: PeopleView = {
  people: [
    {
      id: 'u1',
      name: 'Anna de Vries',
      lastAt: '2026-11-23T13:40:00Z',
      granted: null,
    },
    {
      id: 'u2',
      name: 'Bram Smit',
      lastAt: '2026-11-22T08:10:00Z',
      granted: { by: 'Anna de Vries', at: '2026-11-02T09:00:00Z' },
    },
  ],
  limit: { amount: '1500', currency: 'EUR' },
};
export const awaitingRun: RunView = {
  ...run,
  id: 'r2',
  by: 'Bram Smit',
  endedAt: null,
  done: 0,
  parts: run.parts.map((part) => ({
    ...part,
    state: 'waiting',
    documentId: null,
    documentNumber: null,
    documentUrl: null,
    failure: null,
  })),
  awaits: {
    why: 'limit',
    limit: { amount: '1500', currency: 'EUR' },
    notBy: ['u2'],
    totals: [euro('2043.93')],
  },
  canUndo: false,
};
