import type { Value } from '../row.ts';
import type { Work } from './work.ts';

/** "An API-only user can be creator, never owner or assignee" (help: API user). */
export function apiUserErrors({ world }: Work, field: string, id: Value | undefined): string[] {
  const isApiUser = world.apiUsers.some(({ resourceId }) => resourceId === id);
  return isApiUser ? [`An API user cannot be the ${field}.`] : [];
}
