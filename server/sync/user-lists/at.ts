import type { Connection } from '../../domain/connection.ts';
import type { UserLists } from '../../domain/ports/user-lists.ts';
import type { Check } from '../check/context.ts';

/** Where lists of users are seen to: one connection, in one check. */
export interface At {
  check: Check;
  connection: Connection;
  lists: UserLists;
}
