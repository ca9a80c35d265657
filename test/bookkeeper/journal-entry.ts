/** One entry of a player's journal, as `GET /sandbox/journal` and `player.journal()` give it. */
export interface JournalEntry {
  seq: number;
  atMs: number;
  kind: string;
  actor: string;
  data: unknown;
}
