import type { Reader } from '../../domain/ports/store.ts';
import { cursorId } from '../check/names.ts';

/** The step of a check that sees to lists of users, and the feature that it is for. */
export const users = 'users';

/**
 * How lists of a connection stand: none of ours is there; not all was told or answered; a document refused its list; all
 * stand as they were told.
 */
const standings = ['away', 'again', 'refused', 'placed'] as const;
export type Standing = (typeof standings)[number];

/** Where the next piece goes on: after a document, with what the pieces before it came to. Null after is the whole. */
export interface Bookmark {
  standing: Standing;
  after: string | null;
}

export const bookmarkText = ({ standing, after }: Bookmark): string =>
  after === null ? standing : `${standing} ${after}`;

/** Null for a position that was never kept. */
function bookmarkOf(position: string | null): Bookmark | null {
  const [word = '', after = null] = position?.split(' ') ?? [];
  const standing = standings.find((one) => one === word);
  return standing === undefined ? null : { standing, after };
}

const badness: Readonly<Record<Standing, number>> = { away: 0, placed: 0, refused: 1, again: 2 };

/** What two pieces come to together. */
export const worse = (a: Standing, b: Standing): Standing => (badness[a] > badness[b] ? a : b);

/** Where lists of a connection stand; nothing of ours is there before the first. */
export const bookmarkIn = (reader: Reader, connectionId: string): Bookmark =>
  bookmarkOf(reader.get('cursor', cursorId(connectionId, users))?.position ?? null) ?? {
    standing: 'away',
    after: null,
  };

export const isAway = ({ standing, after }: Bookmark): boolean =>
  standing === 'away' && after === null;

/** Whether lists of ours may hang on documents of a connection. */
export const mayHaveLists = (reader: Reader, connectionId: string): boolean =>
  !isAway(bookmarkIn(reader, connectionId));
