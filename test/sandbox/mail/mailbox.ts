import PostalMime from 'postal-mime';
import type { SandboxClock } from '../clock.ts';

/** A mail as it arrived, whoever it was for. */
export interface ArrivedMail {
  seq: number;
  at: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Where an answer goes; empty where it is the sender. */
  replyTo: string;
  /** The header by which a mail program offers to stop them (RFC 2369); empty where there is none. */
  unsubscribe: string;
}

/** The post office of the world: everything that anybody sent, in the order of its arrival. */
export interface Mailbox {
  /** A message as SMTP carries it (RFC 5322). */
  take(raw: Uint8Array | string): Promise<void>;
  mails(): readonly ArrivedMail[];
  /** While it refuses, senders get 550. */
  refuses: boolean;
  clear(): void;
}

export function createMailbox(clock: SandboxClock): Mailbox {
  const arrived: ArrivedMail[] = [];
  return {
    refuses: false,
    take: async (raw) => {
      const { from, to, subject, text, html, replyTo, headers } = await PostalMime.parse(raw);
      arrived.push({
        seq: arrived.length + 1,
        at: new Date(clock.nowMs()).toISOString(),
        from: from?.address ?? '',
        to: (to ?? []).map(({ address }) => address ?? ''),
        subject: subject ?? '',
        text: text ?? '',
        html: html ?? '',
        replyTo: replyTo?.[0]?.address ?? '',
        unsubscribe: headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '',
      });
    },
    mails: () => arrived,
    clear: () => arrived.splice(0),
  };
}
