import type { Instant } from '../dates.ts';

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}
/** A token set as the vault keeps it. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: Instant;
  scope: string;
}
/** What a person types to give access, by field id; kept in the vault and never shown again. */
export type Credentials = Readonly<Record<string, string>>;
export interface CredentialForm {
  /** The vendor's own menu path, one step each, shown as a numbered list. */
  steps: readonly string[];
  warnings: readonly string[];
  fields: readonly CredentialField[];
}

export interface CredentialField {
  id: string;
  name: string;
  help: string;
  kind: 'text' | 'secret' | 'choice';
  /** Of a `choice`; empty otherwise. */
  choices: readonly { value: string; name: string }[];
  optional: boolean;
}
