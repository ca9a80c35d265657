import type { Audit } from '../access/audit.ts';
import type { Session, Sessions } from '../access/sessions.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/machine.ts';
import { roleAtLeast } from '../domain/tenant.ts';
import type { RateLimits } from './limits.ts';
import type { AnyRoute } from './route.ts';

/** Dangerous actions need a host token at most this old (R11). */
export const stepUpMaxMs = 60_000;
const bearerPattern = /^Bearer ([A-Za-z0-9_-]{43})$/;

/**
 * The session that may use this route: bearer, epoch, limits, role, freshness, the route's own limit,
 * in this order.
 * Throws `access.*` or `request.too-many`.
 */
export async function authorize(options: {
  route: Pick<AnyRoute, 'key' | 'rule'>;
  authorization: string | null;
  address(): string | null;
  requestId: string;
  sessions: Sessions;
  limits: RateLimits;
  clock: Clock;
  audit: Audit;
}): Promise<Session> {
  const { route, address, limits, clock } = options;
  const session = await sessionOf(options).catch((error: unknown) => {
    const caller = address();
    if (caller !== null) limits.spend('unauthenticatedPerAddress', caller);
    throw error;
  });
  limits.spend('apiPerSession', session.family);
  limits.spend('apiPerTenant', session.tenantId);
  if (!roleAtLeast(session.role, route.rule.role)) {
    auditRefusal(session, options);
    throw new AppError('access.forbidden');
  }
  if (route.rule.stepUp && clock.nowMs() - session.hostTokenIssuedAtMs > stepUpMaxMs)
    throw new AppError('access.step-up');
  if (route.rule.callsOut) limits.spend('callingOutPerRoute', `${session.tenantId} ${route.key}`);
  if (route.rule.csv) limits.spend('filePerRoute', `${session.tenantId} ${route.key}`);
  return session;
}

async function sessionOf(options: {
  authorization: string | null;
  sessions: Sessions;
}): Promise<Session> {
  const bearer = bearerPattern.exec(options.authorization ?? '')?.[1];
  if (bearer === undefined) throw new AppError('access.unauthenticated');
  return options.sessions.find(bearer);
}

interface Recorded {
  audit: Audit;
  route: Pick<AnyRoute, 'key' | 'rule'>;
  requestId: string;
}

/** Settings that were changed and files that were taken away are kept in the tenant's audit trail. */
export function auditDone(session: Session, recorded: Recorded): void {
  const { audit, route } = recorded;
  if (route.rule.audit === undefined) return;
  audit.record({ ...factOf(session, recorded), action: route.rule.audit, outcome: 'ok' });
}

/** Rights beside the role are looked at by the route itself; who lacks one stands in the trail as well. */
export function auditFailed(session: Session, error: unknown, recorded: Recorded): void {
  if (!(error instanceof AppError)) return;
  if (error.code === 'access.grant') auditRefusal(session, recorded, 'grant');
  if (error.code === 'run.same-person') auditRefusal(session, recorded, 'same-person');
}

function auditRefusal(session: Session, recorded: Recorded, reason = `role ${session.role}`): void {
  recorded.audit.record({
    ...factOf(session, recorded),
    action: 'role',
    outcome: 'refused',
    reason,
  });
}

const factOf = (session: Session, { route, requestId }: Recorded) => ({
  marketplaceId: null,
  tenantId: session.tenantId,
  installationId: session.installationId,
  actor: session.user.id,
  object: route.key,
  requestId,
});
