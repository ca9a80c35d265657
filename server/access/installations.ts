import type { InstallationId } from '../domain/ids.ts';
import type { Reader } from '../domain/ports/store.ts';
import type { Installation } from '../domain/tenant.ts';

const liveStates: readonly Installation['state'][] = ['installed', 'enabled', 'disabled'];

export const isLive = (installation: Installation): boolean =>
  liveStates.includes(installation.state);

/** The tenant's one installation that is not uninstalled, if any. */
export const liveInstallation = (reader: Pick<Reader, 'list'>): Installation | null =>
  reader.list('installation').find(isLive) ?? null;

/**
 * True while the installation is enabled and its epoch has not risen. Sessions ask on every call,
 * queued work asks when it runs (R7, R10): what began before an uninstall ends with it.
 */
export function isCurrent(
  reader: Pick<Reader, 'get'>,
  { installationId, epoch }: { installationId: InstallationId; epoch: number },
): boolean {
  const installation = reader.get('installation', installationId);
  return installation?.state === 'enabled' && installation.epoch === epoch;
}
