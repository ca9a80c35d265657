import type { Account } from '../../domain/connection.ts';
import type { Document } from '../../domain/document.ts';
import type { OAuthConnector } from '../../domain/ports/connector.ts';
import { createAuth, type Hosts } from './auth.ts';
import { xeroHints } from './hints.ts';
import { xeroLimiter } from './limits.ts';
import { manifest } from './manifest.ts';
import { openSession } from './session.ts';

const hosts: Hosts & { appUrl: string } = {
  loginUrl: 'https://login.xero.com',
  identityUrl: 'https://identity.xero.com',
  apiUrl: 'https://api.xero.com',
  appUrl: 'https://go.xero.com',
};

/**
 * The Xero connector. Hosts are addresses without a path; those left out are Xero's own, so that a
 * sandbox needs only other addresses.
 */
export function createXero(options: Partial<Hosts & { appUrl: string }> = {}): OAuthConnector {
  const { appUrl, ...rest } = { ...hosts, ...options };
  return {
    auth: 'oauth',
    manifest,
    hints: xeroHints,
    origins: [rest.identityUrl, rest.apiUrl],
    ...createAuth(rest),
    limiter: xeroLimiter,
    open: (context) => openSession(context, rest.apiUrl),
    documentUrl,
    invoiceUrl: documentUrl,
  };

  /** https://developer.xero.com/documentation/guides/how-to-guides/deep-link-xero/ */
  function documentUrl(
    { shortCode }: Account,
    { id, kind }: Pick<Document, 'id' | 'kind'>,
  ): string {
    const page =
      kind === 'creditNote'
        ? `/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${encodeURIComponent(id)}`
        : `/AccountsReceivable/View.aspx?InvoiceID=${encodeURIComponent(id)}`;
    if (shortCode === null) return `${appUrl}${page}`;
    const code = encodeURIComponent(shortCode);
    return `${appUrl}/organisationlogin/default.aspx?shortcode=${code}&redirecturl=${page}`;
  }
}
