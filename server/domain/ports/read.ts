/** A record that could not be read, with its body so that nothing is dropped. */
export interface Unreadable {
  what: string;
  id: string;
  problem: string;
  body: string;
}
export interface Read<T> {
  records: T[];
  unreadable: Unreadable[];
}
/** What changed since a position. */
export interface Delta<T> extends Read<T> {
  /** Where the next read goes on, in the system's own time. */
  position: string;
  /** All that is open now: what was open before and is left out has ended. */
  isAll?: boolean;
}
