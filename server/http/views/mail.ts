import type { ErrorView } from './common.ts';

/** To whom a connection writes, and what its digest would say now. */
export interface MailView {
  /** Whether the operator has a mail server at all. */
  configured: boolean;
  to: string[];
  digestAt: number | null;
  failures: boolean;
  timeZone: string;
  /** Why the last mail could not be sent, since when. */
  failure: (ErrorView & { at: string }) | null;
  preview: { subject: string; text: string };
}
