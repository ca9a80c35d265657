import type { Desk } from '../desk.ts';
import type { Mount } from '../mount.ts';
import type { AnyRoute } from '../route.ts';
import { aheadRoutes } from './ahead.ts';
import { type AuditServices, auditRoutes } from './audit.ts';
import { type CallbackServices, callbackRoutes } from './callbacks.ts';
import { type ConnectServices, connectRoutes } from './connect.ts';
import { connectionRoutes } from './connections.ts';
import { correctionRoutes } from './corrections.ts';
import { type CredentialRouteServices, credentialRoutes } from './credentials.ts';
import { dashboardRoutes } from './dashboard.ts';
import { decisionRoutes } from './decisions.ts';
import { type DisconnectServices, disconnectRoutes } from './disconnect.ts';
import { driftRoutes } from './drifts.ts';
import { type EmbedServices, embedRoutes } from './embed.ts';
import { type FlowRouteServices, flowRoutes } from './flows.ts';
import { type HealthServices, healthRoutes } from './health.ts';
import { type HintServices, hintRoutes } from './hints.ts';
import { invoiceRoutes } from './invoices.ts';
import { keptRoutes } from './kept.ts';
import { leavingRoutes } from './leaving.ts';
import { letterRoutes } from './letters.ts';
import { type LifecycleRouteServices, lifecycleRoutes } from './lifecycle.ts';
import { logRoutes } from './log.ts';
import { lookRoutes } from './look.ts';
import { mailRoutes } from './mail.ts';
import { mappingFileRoutes } from './mapping-files.ts';
import { mappingRoutes } from './mappings.ts';
import { type MarketplaceRouteServices, marketplaceRoutes } from './marketplace.ts';
import { monthRoutes } from './months.ts';
import { openingRoutes } from './openings.ts';
import { ownChargeRoutes } from './own-charges.ts';
import { peopleRoutes } from './people.ts';
import { runRoutes } from './runs.ts';
import { type SessionServices, sessionRoutes } from './session.ts';
import { settingsRoutes } from './settings.ts';
import { shadowRoutes } from './shadow.ts';
import { shellRoutes } from './shell.ts';
import { type StreamServices, streamRoutes } from './stream.ts';
import { taskCareRoutes } from './task-care.ts';
import { taskRoutes } from './tasks.ts';
import { ticketingRoutes } from './ticketing.ts';
import { unclearRoutes } from './unclear.ts';
import { undoRoutes } from './undo.ts';
import { wellKnownRoutes } from './well-known.ts';
import { whatIfRoutes } from './what-if.ts';

export interface ApiServices {
  desk: Desk;
  marketplace: MarketplaceRouteServices;
  flows: FlowRouteServices;
  credentials: CredentialRouteServices;
  stream: StreamServices;
  disconnect: DisconnectServices;
  audit: AuditServices;
}
export interface MountServices {
  session: SessionServices;
  lifecycle: LifecycleRouteServices;
  connect: ConnectServices;
  embed: EmbedServices;
  wellKnown: { publicUrl: string };
  health: HealthServices;
  hints: HintServices;
  callbacks: CallbackServices;
}

/** The `/v1` table: everything that needs a session. Exact paths stand before those with names. */
export const apiRoutes = ({
  desk,
  marketplace,
  flows,
  credentials,
  stream,
  disconnect,
  audit,
}: ApiServices): AnyRoute[] => [
  ...shellRoutes(desk),
  ...keptRoutes(desk),
  ...streamRoutes(stream),
  ...logRoutes(desk),
  ...auditRoutes(audit),
  ...marketplaceRoutes(marketplace),
  ...flowRoutes(flows),
  ...credentialRoutes(credentials),
  ...connectionRoutes(desk),
  ...disconnectRoutes(desk, disconnect),
  ...dashboardRoutes(desk),
  ...settingsRoutes(desk),
  ...taskCareRoutes(desk),
  ...taskRoutes(desk),
  ...runRoutes(desk),
  ...undoRoutes(desk),
  ...peopleRoutes(desk),
  ...leavingRoutes(desk),
  ...invoiceRoutes(desk),
  ...letterRoutes(desk),
  ...correctionRoutes(desk),
  ...unclearRoutes(desk),
  ...decisionRoutes(desk),
  ...driftRoutes(desk),
  ...openingRoutes(desk),
  ...lookRoutes(desk),
  ...whatIfRoutes(desk),
  ...mailRoutes(desk),
  ...ticketingRoutes(desk),
  ...aheadRoutes(desk),
  ...monthRoutes(desk),
  ...shadowRoutes(desk),
  ...ownChargeRoutes(desk),
  ...mappingFileRoutes(desk),
  ...mappingRoutes(desk),
];

/** Everything outside it: signed calls, pages, the popup, documents for machines. */
export const pageMounts = ({
  session,
  lifecycle,
  connect,
  embed,
  wellKnown,
  health,
  hints,
  callbacks,
}: MountServices): Mount[] => [
  ...sessionRoutes(session),
  ...lifecycleRoutes(lifecycle),
  ...connectRoutes(connect),
  ...embedRoutes(embed),
  ...wellKnownRoutes(wellKnown),
  ...healthRoutes(health),
  ...hintRoutes(hints),
  ...callbackRoutes(callbacks),
];
