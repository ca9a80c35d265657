// The names under which the check keeps its bookmarks and notes. A side is `marketplace` or a
// connection's id, a step is what is read there.

export const cursorId = (side: string, step: string): string => `${side}:${step}`;
/** How far back orders have been read, beside the cursor that says how far forward. */
export const ordersStartId = cursorId('marketplace', 'orders-start');
/** For which customers a connection's tasks have been made from the stored orders. */
export const intakeId = (connectionId: string): string => cursorId(connectionId, 'intake');

export const failedNoteId = (side: string, step: string): string => `failed:${side}:${step}`;
export const waitNoteId = (side: string): string => `wait:${side}`;
/** A record that could not be read or taken in; `source` is a side, or `own` for own charges. */
export const keptRecordId = (source: string, what: string, id: string): string =>
  `${source}|${what}|${id}`;
/** Present while 2,000 tasks are open and nothing new is taken in; its text is the error code. */
export const queueFullNoteId = 'store.queue-full';
