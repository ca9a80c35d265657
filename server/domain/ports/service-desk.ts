import type { Failure } from '../errors.ts';
import type { TicketPlace } from '../ticket.ts';

/** One field of a system's ticket form, with what can be chosen there now. */
export interface TicketField {
  id: string;
  name: string;
  /** A `company` is found by its name among those that are known. */
  kind: 'choice' | 'company';
  choices: readonly { value: string; name: string }[];
  optional: boolean;
}

export interface TicketDraft {
  /** Ends the summary, so that the ticket is found again. */
  mark: string;
  summary: string;
  text: string;
  place: TicketPlace;
}

export type TicketAnswer =
  /** `left`: why the ticket could only be noted, or not even that. */
  | { status: 'ok'; ticketId: string; left: string | null }
  | { status: 'rejected' | 'unsent' | 'unknown'; failure: Failure };
/** Tickets for the reseller's own people. Throws `system.*` where it only reads. */
export interface ServiceDesk {
  /** What a ticket can be put into; some of it hangs on what is chosen already. */
  fields(place: TicketPlace): Promise<TicketField[]>;
  /** One call that makes a ticket. */
  open(draft: TicketDraft): Promise<TicketAnswer>;
  /** The ticket whose summary has the mark, open or not; null where there is none. */
  find(mark: string): Promise<{ ticketId: string } | null>;
  /** Says in it that it is solved and closes it, as far as the system lets it; done again it changes nothing. */
  solve(ticket: { ticketId: string; text: string }): Promise<TicketAnswer>;
}
