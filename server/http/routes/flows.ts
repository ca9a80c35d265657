import * as v from 'valibot';
import type { Audit } from '../../access/audit.ts';
import type { FlowState, Flows } from '../../access/flows.ts';
import type { Session } from '../../access/sessions.ts';
import { AppError } from '../../domain/errors.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import { chooseBody, flowBody } from '../bodies.ts';
import { errorView } from '../reply.ts';
import { type AnyRoute, route } from '../route.ts';
import type { FlowView } from '../views/connecting.ts';
import type { ConnectionView } from '../views/connection.ts';

export interface FlowRouteServices {
  flows: Flows;
  audit: Audit;
  connector(systemId: string): Connector | null;
  /** The view of a connection just made. */
  connectionView(session: Session, connectionId: string): Promise<ConnectionView>;
}

/**
 * The frame's side of the connect popup (R12). Starting asks for a fresh host token; what follows is
 * bound to the same tenant, user and session family instead, since signing in at the vendor takes
 * longer than a minute.
 */
export function flowRoutes({
  flows,
  audit,
  connector,
  connectionView,
}: FlowRouteServices): AnyRoute[] {
  const record = (session: Session, { object, outcome, reason, requestId }: Recorded) =>
    audit.record({
      action: 'connect',
      outcome,
      reason,
      object,
      requestId,
      marketplaceId: null,
      tenantId: session.tenantId,
      installationId: session.installationId,
      actor: session.user.id,
    });
  /** A failure at a system names it. */
  const flowView = ({ failure, systemId, ...state }: FlowState, requestId: string): FlowView => {
    const system = connector(systemId)?.manifest.name ?? systemId;
    return {
      ...state,
      failure: failure ? errorView({ ...failure, facts: { system } }, requestId) : null,
    };
  };

  return [
    route('GET /v1/systems/:systemId/consent', { role: 'admin' }, async ({ params }) => {
      const found = connector(params.systemId);
      if (!found) throw new AppError('request.not-found');
      const { manifest, auth } = found;
      const form = manifest.credentials;
      return {
        systemId: manifest.id,
        name: manifest.name,
        consequences: [...manifest.consequences],
        scopes: manifest.scopes.map(({ scope, why }) => ({ scope, why })),
        optionalRights: [...(manifest.optionalRights ?? [])],
        ownAppPossible: auth === 'oauth',
        redirectUri: flows.redirectUri(manifest.id),
        credentials:
          form === undefined
            ? null
            : {
                steps: [...form.steps],
                warnings: [...form.warnings],
                fields: form.fields.map((field) => ({ ...field, choices: [...field.choices] })),
              },
      };
    }),
    route(
      'POST /v1/flows',
      { role: 'admin', stepUp: true, body: flowBody },
      async ({ session, body, requestId }) => {
        const started = await flows.start(session, body);
        record(session, {
          object: connector(body.systemId)?.manifest.name ?? body.systemId,
          outcome: 'ok',
          reason: null,
          requestId,
        });
        return started;
      },
    ),
    route('GET /v1/flows/:flowId', { role: 'admin' }, async ({ session, params, requestId }) =>
      flowView(flows.state(session, params.flowId), requestId),
    ),
    route(
      'POST /v1/flows/:flowId/complete',
      { role: 'admin', callsOut: true },
      async ({ session, params, requestId }) => {
        const state = await flows.complete(session, params.flowId);
        record(session, {
          object: 'complete',
          outcome: state.failure ? 'refused' : 'ok',
          reason: state.failure?.code ?? state.state,
          requestId,
        });
        return flowView(state, requestId);
      },
    ),
    route(
      'POST /v1/flows/:flowId/choose',
      { role: 'admin', callsOut: true, body: chooseBody },
      async ({ session, params, body, requestId }) => {
        const connectionId = await flows.choose(session, params.flowId, body.accountId);
        const view = await connectionView(session, connectionId);
        const object = `${view.systemName}, ${view.accountName}`;
        record(session, { object, outcome: 'ok', reason: 'connected', requestId });
        return view;
      },
    ),
  ];
}

interface Recorded {
  object: string;
  outcome: 'ok' | 'refused';
  reason: string | null;
  requestId: string;
}

/** What the popup sends to begin. */
export const beginBody = v.strictObject({
  flowId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  launchSecret: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
});
