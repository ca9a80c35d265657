/** What the login service remembers: requests, codes, token sets and connections. */
export interface AuthorizeRequest {
  id: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  state: string | undefined;
  codeChallenge: string | undefined;
  nonce: string | undefined;
}

export interface AuthorizationCode {
  code: string;
  request: AuthorizeRequest;
  userId: string;
  authEventId: string;
  expiresMs: number;
}

export interface AccessToken {
  token: string;
  clientId: string;
  userId: string;
  scopes: string[];
  expiresMs: number;
}

export interface RefreshToken {
  token: string;
  setId: string;
  clientId: string;
  userId: string;
  scopes: string[];
  authEventId: string;
  /** 60 days unused, or the end of the grace period once it was replaced. */
  expiresMs: number;
}

export interface Connection {
  id: string;
  tenantId: string;
  clientId: string;
  userId: string;
  authEventId: string;
  createdMs: number;
  updatedMs: number;
}

export interface Access {
  requests: Map<string, AuthorizeRequest>;
  codes: Map<string, AuthorizationCode>;
  tokens: Map<string, AccessToken>;
  refreshTokens: Map<string, RefreshToken>;
  connections: Map<string, Connection>;
  /** `client user` -> scopes: they add up and fall only by revoking. */
  granted: Map<string, Set<string>>;
}

export function createAccess(): Access {
  return {
    requests: new Map(),
    codes: new Map(),
    tokens: new Map(),
    refreshTokens: new Map(),
    connections: new Map(),
    granted: new Map(),
  };
}

export function connectionOf(
  access: Access,
  of: { clientId: string; userId: string; tenantId: string },
): Connection | undefined {
  return [...access.connections.values()].find(
    ({ clientId, userId, tenantId }) =>
      clientId === of.clientId && userId === of.userId && tenantId === of.tenantId,
  );
}
