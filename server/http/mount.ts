import type { Answer } from './answer.ts';
import type { RouteClass } from './headers.ts';

/** A route outside the session table: signed calls, pages, the popup, documents for machines. */
export interface Mount {
  method: 'GET' | 'POST';
  path: string;
  routeClass: RouteClass;
  /** Counts against the caller's address (R15). */
  limited?: boolean;
  /** Only our own pages may call it: a foreign `Origin` or `Sec-Fetch-Site` is refused. */
  sameOrigin?: boolean;
  /** The origins that may frame the reply; nobody where absent. */
  ancestors?(url: URL): readonly string[];
  handle(request: MountRequest): Promise<Response | Answer>;
}
export interface MountRequest {
  request: Request;
  url: URL;
  params: Readonly<Record<string, string>>;
  requestId: string;
  /** The caller as the connection or the configured proxy tells it; null in process. */
  address: string | null;
}
