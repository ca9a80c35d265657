import type { CredentialAccess } from '../../access/credential-access.ts';
import type { Session } from '../../access/sessions.ts';
import { credentialsBody, credentialsTestBody } from '../bodies.ts';
import { type AnyRoute, route } from '../route.ts';
import type { ConnectionView } from '../views/connection.ts';

export interface CredentialRouteServices {
  access: CredentialAccess;
  /** The view of a connection just made. */
  connectionView(session: Session, connectionId: string): Promise<ConnectionView>;
}

/** Connecting by typed fields: try them, then keep what works. */
export const credentialRoutes = ({
  access,
  connectionView,
}: CredentialRouteServices): AnyRoute[] => [
  route(
    'POST /v1/systems/:systemId/test',
    { role: 'admin', callsOut: true, body: credentialsTestBody },
    async ({ params, body }) => {
      const { account, lacks } = await access.test({
        systemId: params.systemId,
        credentials: body.credentials,
      });
      return { accountName: account.name, baseCurrency: account.baseCurrency, lacks: [...lacks] };
    },
  ),
  route(
    'POST /v1/systems/:systemId/connect',
    { role: 'admin', stepUp: true, callsOut: true, audit: 'settings', body: credentialsBody },
    async ({ session, params, body }) => {
      const connectionId = await access.connect(session, {
        systemId: params.systemId,
        connectionId: body.connectionId ?? null,
        credentials: body.credentials,
      });
      return connectionView(session, connectionId);
    },
  ),
];
