import type { Account } from '../connection.ts';
import type { Document } from '../document.ts';
import type { Invoice } from '../invoice.ts';
import type { Quote } from '../quote.ts';
import type { ConnectorManifest } from './connector-manifest.ts';
import type { CallbackFormat, Hints } from './hints.ts';
import type { Limiter } from './limiter.ts';
import type { Clock } from './machine.ts';
import type { CallContext, ConnectorSession, CredentialContext, OAuthContext } from './session.ts';
import type { Credentials, OAuthClient, Tokens } from './system-access.ts';

interface ConnectorBase {
  manifest: ConnectorManifest;
  /** Left out where the system calls no address of ours. */
  callbacks?: CallbackFormat;
  /** Left out where the system tells nothing, or nothing that can be proven. */
  hints?: Hints;
  /**
   * Every origin it calls: the egress guard lets nothing else out. One `*` stands for up to three
   * digits of a host, where a vendor spreads its customers over numbered hosts.
   */
  origins: readonly string[];
  limiter(clock: Clock): Limiter;
  /** Where a person sees a ticket; left out where there are none. */
  ticketUrl?(account: Account, ticketId: string): string;
  /** Where a person sees the document in the system. */
  documentUrl(account: Account, document: Pick<Document, 'id' | 'kind'>): string;
  /** Where a person sees the invoice, or its company where the system links to no invoice. */
  invoiceUrl?(account: Account, invoice: Pick<Invoice, 'id' | 'kind' | 'companyId'>): string;
  quoteUrl?(account: Account, quote: Pick<Quote, 'id'>): string;
}

/** Access by fields that a person types, such as the login of an API user. */
export interface CredentialConnector extends ConnectorBase {
  auth: 'credentials';
  /**
   * Tries everything the connection will need and gives the account. Throws `connect.refused` where
   * the login is not accepted, `connect.right` with the first right it lacks and where to grant it.
   */
  connect(
    context: Omit<CredentialContext, 'account' | 'credentials'> & { credentials: Credentials },
  ): Promise<Account>;
  open(context: CredentialContext): ConnectorSession;
  /** Takes back what we left with the system; `isOurs` tells our addresses of this connection. */
  release?(
    context: Omit<CredentialContext, 'account'>,
    isOurs: (url: string) => boolean,
  ): Promise<void>;
}

export type Connector = OAuthConnector | CredentialConnector;

/** Access by the vendor's own consent page (RFC 6749). */
export interface OAuthConnector extends ConnectorBase {
  auth: 'oauth';
  /** The address the popup goes to. */
  authorizeUrl(options: {
    client: OAuthClient;
    redirectUri: string;
    state: string;
    challenge: string;
  }): string;
  exchange(
    options: CallContext & {
      client: OAuthClient;
      redirectUri: string;
      code: string;
      verifier: string;
    },
  ): Promise<Tokens>;
  refresh(options: CallContext & { client: OAuthClient; tokens: Tokens }): Promise<Tokens>;
  /**
   * The accounts this consent reached; `authenticated` only those of this flow. `company` came through
   * the browser as `manifest.companyParameter`: it is a question, and only what the vendor answers to
   * these tokens counts.
   */
  accounts(
    options: CallContext & { tokens: Tokens; company?: string | null },
  ): Promise<{ id: string; name: string; vendorConnectionId: string }[]>;
  disconnect(options: CallContext & { tokens: Tokens; vendorConnectionId: string }): Promise<void>;
  open(context: OAuthContext): ConnectorSession;
}
