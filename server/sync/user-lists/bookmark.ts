/**
 * How lists of a connection stand: none of ours is there; not all was told or answered; a document refused its list; all
 * stand as they were told.
 */
export const standings = ['away', 'again', 'refused', 'placed'] as const;
export type Standing = (typeof standings)[number];

/** Where the next piece goes on: after a document, with what the pieces before it came to. Null after is the whole. */
export interface Bookmark {
  standing: Standing;
  after: string | null;
}

export const bookmarkText = ({ standing, after }: Bookmark): string =>
  after === null ? standing : `${standing} ${after}`;

/** Null for a position that was never kept. */
export function bookmarkOf(position: string | null): Bookmark | null {
  const [word = '', after = null] = position?.split(' ') ?? [];
  const standing = standings.find((one) => one === word);
  return standing === undefined ? null : { standing, after };
}

const badness: Readonly<Record<Standing, number>> = { away: 0, placed: 0, refused: 1, again: 2 };

/** What two pieces come to together. */
export const worse = (a: Standing, b: Standing): Standing => (badness[a] > badness[b] ? a : b);
