import type { ErrorCode, Failure } from '../../domain/errors.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import { errorView } from '../reply.ts';
import type { ErrorView } from '../views/common.ts';

/** Where a person typed the access, there is no consent page that could allow more. */
const typedNexts: Readonly<Partial<Record<ErrorCode, string>>> = {
  'system.scope':
    'Choose Test connection on the dashboard: it names the right that is missing, and where to grant it.',
  'system.reconnect':
    'An administrator has to choose Reconnect and type the access anew. Settings and mappings stay.',
  'system.disconnected':
    'Choose Reconnect and type the access anew to go on. Settings and mappings stay.',
};

/** A failure at a connection, in the words of its system and of how access to it is given. */
export function failureView(
  failure: Failure,
  requestId: string,
  { auth, manifest: { name } }: Pick<Connector, 'auth' | 'manifest'>,
): ErrorView {
  const view = errorView({ ...failure, facts: { system: name } }, requestId);
  const next = auth === 'credentials' ? typedNexts[failure.code] : undefined;
  return next === undefined ? view : { ...view, next };
}
