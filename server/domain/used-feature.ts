import type { Feature } from './ports/connector-manifest.ts';
import type { Settings } from './settings.ts';

/** Whether a connection with these settings uses what an optional right is for: nobody is asked for one in vain. */
export const isUsed = (feature: Feature, { exportUsers }: Pick<Settings, 'exportUsers'>): boolean =>
  feature !== 'users' || exportUsers;
