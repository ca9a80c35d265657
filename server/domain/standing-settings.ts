import type { Settings } from './settings.ts';

/** Why a choice is refused where lines stay open; the settings say each in words. */
export const standingRefusals = {
  /** It is neither a draft nor approved: it runs. */
  postAs: 'contract-runs',
  /** Each change is a step of the open line on its day: what comes to nothing may be left out, but nothing is put together. */
  seatChanges: 'seats-by-step',
  /** The system invoices a yearly line itself; parts of ours would be invoiced beside it. */
  yearly: 'yearly-by-system',
  /** The open line has one price in the document's currency; a rate would be fixed for years or move it daily. */
  otherCurrency: 'one-currency',
  /** No invoices are written, so there is none to join or to open. */
  invoice: 'invoiced-by-system',
  /** Nor a credit note: what is given back is a line of its own. */
  refunds: 'no-credit-notes',
} as const satisfies Partial<Record<keyof Settings, string>>;

const possible = {
  postAs: ['draft'],
  seatChanges: ['lines', 'net'],
  yearly: ['own'],
  otherCurrency: ['separate'],
  invoice: ['existing'],
  refunds: ['with'],
} as const satisfies { [K in keyof typeof standingRefusals]: readonly Settings[K][] };

/** Choices that would do nothing, or bill twice, on documents that stay open: refused, never ignored. */
export const standingProblems = (settings: Settings): { field: keyof Settings; code: string }[] =>
  fields.flatMap((field) => {
    const allowed: readonly unknown[] = possible[field];
    return allowed.includes(settings[field]) ? [] : [{ field, code: standingRefusals[field] }];
  });
const fields = ['postAs', 'seatChanges', 'yearly', 'otherCurrency', 'invoice', 'refunds'] as const;
