import type { TicketField } from '../../domain/ports/service-desk.ts';
import type { ProblemKind } from '../../domain/ticket.ts';
import type { ErrorView } from './common.ts';

/** What is told by mail and what by tickets of the system. */
export interface TicketingView {
  /** Whether the system has a service desk that is used here. */
  available: boolean;
  on: boolean;
  kinds: ProblemKind[];
  /** Kinds that no mail is written about. */
  quiet: ProblemKind[];
  place: Record<string, string>;
  companyName: string | null;
  fields: readonly TicketField[];
  /** Rights that are missing for it, with where they are granted. */
  lacking: { scope: string; why: string; where: string }[];
  /** Why the last ticket could not be opened, since when. */
  failure: (ErrorView & { at: string }) | null;
  open: { kind: ProblemKind; summary: string; at: string; url: string | null }[];
}
