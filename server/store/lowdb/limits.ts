/** Where the embedded store advises and where it says "no" (`README.md`, Limits). */
export const hotRecordsAdvised = 500;
export const commitAdvisedMs = 5;

/** One commit of 0.8 MB takes 15 ms; past twenty times that, new work is refused. */
export const hotBytesMax = 16_000_000;
/** Texts are made bytes in pieces of this many characters; after so many bytes others get a turn. */
export const textPerPiece = 65_536;
export const bytesPerTurn = 524_288;
/** Past this the next commit waits until the outbox was carried out. */
export const outboxBytesMax = 8_000_000;
/** Fewer items are not worth adding up. */
export const outboxItemsSmall = 100;

export const transactionsPerFlushMax = 1_000;
export const transactionsWaitingMax = 10_000;
export const tenantsOpenedAtOnceMax = 8;

/** Orders and charges older than this stay in their files and are not loaded. */
export const monthsInMemory = 24;

export const logEntriesPerSegment = 5_000;
/** Segments that move into the archive at once; the next ones follow when a segment is full. */
export const logPartsPerRoundMax = 4;
export const logPageEntriesMax = 500;
/** Full segments of all tenants whose index stays in memory: 120 kB each, 2,000,000 entries. */
export const logIndexesInMemoryMax = 400;
/** One page of a text search ends at whichever comes first, and says how far it came. */
export const textSearchEntriesMax = 5_000;
export const textSearchBytesMax = 1_048_576;
export const textSearchReadsMax = 32;
export const textSearchReadBytesMax = 262_144;
/** Entries nearer than this are fetched by one read: opening a file costs more than 64 kB of it. */
export const readGapBytesMax = 65_536;
export const readBytesMax = 1_048_576;
/** Of one page; the file system's own threads are four by default. */
export const readsAtOnceMax = 8;

export const lockAttemptsMax = 5;
export const commitsMeasuredMax = 200;
